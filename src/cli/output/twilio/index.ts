import {conditionsOf} from '../../../lib/addon/condition.js'
import type {AddonListDocument} from '../../../lib/addon/document.js'
import {labelsInWords} from '../../../lib/addon/labels.js'
import {stateOf} from '../../../lib/addon/selection.js'
import {ourCommand, withProfileOf} from '../../../lib/command-line.js'
import type {Sending} from '../../../lib/twilio/sending.js'
import type {Colors} from '../colors.js'
import {renderCondition} from '../condition.js'
import {columnsFor, csv} from '../csv.js'
import {sendingInBrief} from '../sending.js'
import {table} from '../table.js'
import {age} from '../time.js'

export function renderAddonList({addons}: AddonListDocument, {yellow}: Colors): string {
  const hasSeveralHosts = new Set(addons.map(({host}) => host)).size > 1
  const hasLabels = addons.some(({labels}) => Object.keys(labels).length > 0)
  const isAsked = addons.some(({sending}) => sending !== null)
  const areSeveral = addons.some(({profile}) => profile !== undefined)
  const head = [
    'App-space',
    ...(areSeveral ? ['Profile'] : []),
    'Plan',
    'Number',
    ...(isAsked ? ['SMS to the US'] : []),
    'State',
    'Age',
    ...(hasLabels ? ['Labels'] : []),
    ...(hasSeveralHosts ? ['Akkeris'] : []),
  ]
  const rows = addons.map((addon) => {
    const {appSpace, plan, phoneNumber, state, createdAt, host} = addon
    const [worst] = conditionsOf(addon)
    return [
      appSpace,
      ...(areSeveral ? [addon.profile ?? ''] : []),
      plan,
      phoneNumber ?? '–',
      ...(isAsked ? [addon.sending ? sendingInBrief(addon.sending) : ''] : []),
      worst ? yellow(worst.word) : state,
      age(createdAt),
      ...(hasLabels ? [labelsInWords(addon.labels)] : []),
      ...(hasSeveralHosts ? [host] : []),
    ]
  })
  const first = head.indexOf('Age')
  return table(head, rows, {optional: [first, first + 1, first + 2]})
}

const columns = [
  'app_space',
  'host',
  'plan',
  'price_per_month',
  'state',
  'account_sid',
  'account_status',
  'config_vars',
  'phone_number',
  'created_at',
  'rotated_at',
  'created_by',
  'labels',
  'sending',
  'profile',
  'main_account_sid',
] as const

/** One row per add-on; its state as it really is. */
export async function addonListCsv({addons}: AddonListDocument): Promise<string> {
  const rows = addons.map((addon): Record<(typeof columns)[number], unknown> => ({
    app_space: addon.appSpace,
    host: addon.host,
    plan: addon.plan,
    price_per_month: addon.pricePerMonth,
    state: stateOf(addon),
    account_sid: addon.accountSid,
    account_status: addon.accountStatus,
    config_vars: addon.configVars,
    phone_number: addon.phoneNumber,
    created_at: addon.createdAt,
    rotated_at: addon.rotatedAt,
    created_by: addon.createdBy,
    labels: labelsInWords(addon.labels),
    sending: addon.sending?.state,
    profile: addon.profile,
    main_account_sid: addon.mainAccountSid,
  }))
  return csv(rows, columnsFor(addons, columns))
}

export function renderNoAddons({registry, mainAccountSid}: AddonListDocument): string {
  const where = mainAccountSid === null ? 'all main accounts' : `main account ${mainAccountSid}`
  return `No app-space has a Twilio add-on yet (registry "${registry}", ${where}).`
}

const blockedStates: ReadonlySet<Sending['state']> = new Set(['not-registered', 'in-review', 'rejected'])

/** Below the list: what to do about it. @param likely the app-space of this folder, which git knows */
export function renderConditions(
  {addons}: AddonListDocument,
  likely: () => string | undefined,
  colors: Colors,
): string | undefined {
  if (addons.length === 0)
    return `To create one: ${ourCommand(`addons:create twilio:small -a ${likely() ?? 'APP-SPACE'}`)}`
  const lines = addons.flatMap((addon) =>
    withProfileOf(addon, () => conditionsOf(addon).map((each) => renderCondition(addon.appSpace, each, colors))),
  )
  const isBlocked = addons.some(({sending}) => sending !== null && blockedStates.has(sending.state))
  const missing = isBlocked ? [`What is missing: ${ourCommand('twilio:registration --all')}`] : []
  const all = [...lines, ...missing]
  return all.length === 0 ? undefined : `\n${all.join('\n')}`
}
