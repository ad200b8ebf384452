import {count} from '../../../lib/text.js'
import type {FleetUsageDocument} from '../../../lib/usage/document.js'
import {type MeteredKind, meteredKinds} from '../../../lib/usage/kinds.js'
import type {Colors} from '../colors.js'
import {noAddons} from '../sentences.js'
import {table} from '../table.js'
import {minute, monthTitle} from '../time.js'
import {usageColor, usageNote, wholePercent} from '../usage-words.js'

const headings: Readonly<Record<MeteredKind, string>> = {voice: 'Voice', sms: 'SMS', m2m: 'M2M'}

type Addon = FleetUsageDocument['addons'][number]

/** `twilio:usage --all`: one line per add-on. @param areOthers whether there are more than those that are shown */
export function renderFleetUsage(document: FleetUsageDocument, colors: Colors, areOthers = false): string {
  if (document.addons.length === 0) return emptyFleet(areOthers)
  const {head, rows, right} = fleetTable(document, colors)
  return [fleetHeading(document), table(head, rows, {right})].filter(Boolean).join('\n\n')
}

export function emptyFleet(areOthers: boolean): string {
  return areOthers ? 'No add-on reaches its limits.' : noAddons
}

export function fleetTable({addons}: FleetUsageDocument, colors: Colors) {
  const showsOrders = addons.some((addon) => onOrder(addon) > 0)
  const areSeveral = addons.some(({profile}) => profile !== undefined)
  const rows = addons.map((addon) => [
    addon.appSpace,
    ...(areSeveral ? [addon.profile ?? ''] : []),
    addon.plan,
    ...meteredKinds.map((kind) => share(addon, kind, colors)),
    ...(showsOrders ? [isRead(addon) ? count(onOrder(addon)) : '–'] : []),
    note(addon),
  ])
  const head = [
    'App-space',
    ...(areSeveral ? ['Profile'] : []),
    'Plan',
    ...meteredKinds.map((kind) => headings[kind]),
    ...(showsOrders ? ['SIMs on order'] : []),
  ]
  const first = head.indexOf('Plan') + 1
  return {head: [...head, ''], rows, right: [first, first + 1, first + 2, ...(showsOrders ? [first + 3] : [])]}
}

/** Empty where nothing could be read. */
export function fleetHeading({addons}: FleetUsageDocument): string {
  const read = addons.filter(isRead)
  const [first] = read
  if (!first) return ''
  const [asOf = first.asOf] = read.map((addon) => addon.asOf).sort()
  return `${monthTitle(first)}, as of ${minute(asOf)}`
}

function isRead(addon: Addon): addon is Extract<Addon, {asOf: string}> {
  return 'asOf' in addon
}

function share({kinds}: Addon, kind: MeteredKind, colors: Colors): string {
  const percent = kinds.find((each) => each.kind === kind)?.percent
  if (percent === null) return '?'
  return usageColor(percent, colors)(wholePercent(percent))
}

function onOrder({kinds}: Addon): number {
  return kinds.reduce((all, each) => all + (each.kind === 'sims' ? each.onOrder : 0), 0)
}

/** Of the kind that is worst off. */
function note(addon: Addon): string {
  if (addon.error) return `not read: ${addon.error.code}`
  if (!isRead(addon)) return addon.state
  const worst = addon.kinds
    .toSorted((a, b) => (b.percent ?? 0) - (a.percent ?? 0))
    .flatMap((each) => {
      const text = each.kind === 'sims' ? undefined : usageNote(each)
      return text === undefined || each.kind === 'sims' ? [] : [`${headings[each.kind]} ${text}`]
    })[0]
  const status = addon.accountStatus === 'active' ? undefined : addon.accountStatus
  return [worst, status].filter((text) => text !== undefined).join('; ')
}
