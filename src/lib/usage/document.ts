import type {AddonRecord} from '../addon/record.js'
import type {Failure} from '../errors.js'
import type {KindUsage, UsageReport} from './report.js'

/** A report as --json has it (docs/json.md). */
export function usageDocument({kinds, days, ...report}: UsageReport) {
  return {...report, kinds: kinds.map(kindDocument), ...(days && {daily: days})}
}

function kindDocument({kind, used, included, percent, passesOn, held, onOrder}: KindUsage) {
  if (kind === 'sims') return {kind, used, included, percent, held, onOrder}
  return {kind, used, included, percent, passesLimitOn: passesOn}
}

export const usageColumns = [
  'app_space',
  'host',
  'plan',
  'account_status',
  'month',
  'as_of',
  'kind',
  'used',
  'included',
  'percent',
  'passes_limit_on',
  'held',
  'on_order',
  'error',
] as const

/** A row a kind; one alone, with the error's code, where nothing could be read. */
export function usageRows(
  {appSpace, host, plan}: Pick<AddonRecord, 'appSpace' | 'host' | 'plan'>,
  report?: UsageReport,
  failure?: Failure,
): Partial<Record<(typeof usageColumns)[number], unknown>>[] {
  const common = {app_space: appSpace, host, plan}
  if (!report) return [{...common, error: failure?.code}]
  const {accountStatus, month, asOf, kinds} = report
  return kinds.map(({kind, used, included, percent, passesOn, held, onOrder}) => ({
    ...common,
    account_status: accountStatus,
    month,
    as_of: asOf,
    kind,
    used,
    included,
    percent,
    passes_limit_on: passesOn,
    held,
    on_order: onOrder,
  }))
}

export const dayColumns = ['app_space', 'day', 'voice', 'sms', 'm2m'] as const

export function dayRows({appSpace, days = []}: UsageReport) {
  return days.map((day) => ({app_space: appSpace, ...day}))
}
