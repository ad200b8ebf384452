import {count} from '../addon/format.js'
import {table} from '../../cli/output/table.js'
import type {Fleet, FleetEntry} from './fleet.js'
import {noteOf, shareInWords, tintOf, type Paint} from './format.js'
import {meteredKinds, type MeteredKind} from './kinds.js'
import {monthInWords, timeInWords} from './month.js'
import type {UsageReport} from './report.js'

const headings: Readonly<Record<MeteredKind, string>> = {voice: 'Voice', sms: 'SMS', m2m: 'M2M'}

/** Every add-on, a line each. */
export async function fleetInLines({entries}: Fleet, paint: Paint): Promise<string> {
  const reports = entries.flatMap(({report}) => report ?? [])
  const showsOrders = reports.some((report) => onOrder(report) > 0)
  const rows = entries.map((entry) => [
    entry.record.appSpace,
    entry.record.plan,
    ...meteredKinds.map((kind) => share(entry, kind, paint)),
    ...(showsOrders ? [entry.report ? count(onOrder(entry.report)) : '–'] : []),
    note(entry),
  ])
  const head = [
    'App-space',
    'Plan',
    ...meteredKinds.map((kind) => headings[kind]),
    ...(showsOrders ? ['SIMs on order'] : []),
  ]
  const printed = await table([...head, ''], rows, {right: [2, 3, 4, ...(showsOrders ? [5] : [])]})
  const [first] = reports
  if (!first) return printed
  const asOf = new Date(Math.min(...reports.map((report) => report.asOf.getTime())))
  return `${monthInWords(first)}, as of ${timeInWords(asOf)}\n\n${printed}`
}

function share({report}: FleetEntry, kind: MeteredKind, paint: Paint): string {
  const percent = report?.kinds.find((each) => each.kind === kind)?.percent
  return tintOf(percent, paint)(shareInWords(percent))
}

function onOrder({kinds}: UsageReport): number {
  return kinds.find(({kind}) => kind === 'sims')?.onOrder ?? 0
}

/** Of the kind that is worst off. */
function note({report, failure, record}: FleetEntry): string {
  if (failure) return `not read: ${failure.code}`
  if (!report) return record.state
  const worst = report.kinds
    .filter(({kind}) => kind !== 'sims')
    .sort((a, b) => (b.percent ?? 0) - (a.percent ?? 0))
    .flatMap((each) => {
      const text = noteOf(each)
      return text === undefined || each.kind === 'sims' ? [] : [`${headings[each.kind]} ${text}`]
    })[0]
  const status = report.accountStatus === 'active' ? undefined : report.accountStatus
  return [worst, status].filter((text) => text !== undefined).join('; ')
}
