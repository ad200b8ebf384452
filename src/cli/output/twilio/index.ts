import type {AddonListDocument} from '../../../lib/addon/document.js'
import {table} from '../table.js'
import {age} from '../time.js'

export function renderAddonList({addons}: AddonListDocument): string {
  const hasSeveralHosts = new Set(addons.map(({host}) => host)).size > 1
  const head = ['App-space', 'Plan', 'Number', 'State', 'Age', ...(hasSeveralHosts ? ['Akkeris'] : [])]
  const rows = addons.map(({appSpace, plan, phoneNumber, state, createdAt, host}) => [
    appSpace,
    plan,
    phoneNumber ?? '–',
    state,
    age(createdAt),
    ...(hasSeveralHosts ? [host] : []),
  ])
  return table(head, rows)
}
