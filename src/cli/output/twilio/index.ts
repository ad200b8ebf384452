import {conditionsOf} from '../../../lib/addon/condition.js'
import type {AddonListDocument} from '../../../lib/addon/document.js'
import {ourCommand} from '../../../lib/command-line.js'
import type {Colors} from '../colors.js'
import {renderCondition} from '../condition.js'
import {table} from '../table.js'
import {age} from '../time.js'

export function renderAddonList({addons}: AddonListDocument, {yellow}: Colors): string {
  const hasSeveralHosts = new Set(addons.map(({host}) => host)).size > 1
  const head = ['App-space', 'Plan', 'Number', 'State', 'Age', ...(hasSeveralHosts ? ['Akkeris'] : [])]
  const rows = addons.map((addon) => {
    const {appSpace, plan, phoneNumber, state, createdAt, host} = addon
    const [worst] = conditionsOf(addon)
    return [
      appSpace,
      plan,
      phoneNumber ?? '–',
      worst ? yellow(worst.word) : state,
      age(createdAt),
      ...(hasSeveralHosts ? [host] : []),
    ]
  })
  return table(head, rows, {optional: [4, 5]})
}

export function renderNoAddons({registry, mainAccountSid}: AddonListDocument): string {
  return `No app-space has a Twilio add-on yet (registry "${registry}", main account ${mainAccountSid}).`
}

/** Below the list: what to do about it. @param likely the app-space of this folder */
export function renderConditions(
  {addons}: AddonListDocument,
  likely: string | undefined,
  colors: Colors,
): string | undefined {
  if (addons.length === 0)
    return `To create one: ${ourCommand(`addons:create twilio:small -a ${likely ?? 'APP-SPACE'}`)}`
  const lines = addons.flatMap((addon) =>
    conditionsOf(addon).map((each) => renderCondition(addon.appSpace, each, colors)),
  )
  return lines.length === 0 ? undefined : `\n${lines.join('\n')}`
}
