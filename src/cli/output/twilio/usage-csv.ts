import type {AppUsage, FleetUsageDocument} from '../../../lib/usage/document.js'
import {columnsFor, csv} from '../csv.js'

const columns = [
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
  'profile',
  'main_account_sid',
] as const

/** `twilio:usage --csv`: one row per kind; one alone, with the error's code, where nothing could be read. */
export async function usageCsv(addons: readonly (AppUsage | FleetUsageDocument['addons'][number])[]): Promise<string> {
  return csv(addons.flatMap(rowsOf), columnsFor(addons, columns))
}

function rowsOf(
  addon: AppUsage | FleetUsageDocument['addons'][number],
): Partial<Record<(typeof columns)[number], unknown>>[] {
  const common = {
    app_space: addon.appSpace,
    host: addon.host,
    plan: addon.plan,
    profile: addon.profile,
    main_account_sid: addon.mainAccountSid,
  }
  if (!('asOf' in addon)) return [{...common, error: addon.error?.code}]
  const {accountStatus, month, asOf, kinds} = addon
  return kinds.map((usage) => ({
    ...common,
    account_status: accountStatus,
    month,
    as_of: asOf,
    kind: usage.kind,
    used: usage.used,
    included: usage.included,
    percent: usage.percent,
    ...(usage.kind === 'sims' ? {held: usage.held, on_order: usage.onOrder} : {passes_limit_on: usage.passesLimitOn}),
  }))
}

/** `twilio:usage --csv --daily`: one row per day. */
export async function dailyCsv({appSpace, daily = []}: AppUsage): Promise<string> {
  return csv(
    daily.map((day) => ({app_space: appSpace, ...day})),
    ['app_space', 'day', 'voice', 'sms', 'm2m'],
  )
}
