import type {AddonContext} from '../addon/context.js'
import {requireSameHost} from '../addon/host.js'
import {requireEntry, requireReady} from '../addon/info.js'
import {labelsInWords, sameLabels} from '../addon/labels.js'
import {choosingNames, webhookNames, type WebhookUrls, withoutCleared} from '../addon/number-options.js'
import {planNames, plans} from '../addon/plans.js'
import type {AddonRecord} from '../addon/record.js'
import type {SeenAddon} from '../addon/see-all.js'
import {requireFreeVars} from '../addon/var-ownership.js'
import {readConfigVars} from '../akkeris/config-vars.js'
import {type AlertRequest, changesTo, isNothing, requestOf, settingsFor} from '../alerts/alert.js'
import {setAlerts, unsetAlerts} from '../alerts/set.js'
import {missingAlerts} from '../alerts/watched.js'
import {changePlan, requireChangeable} from '../lifecycle/change-plan.js'
import {createAddon, previewAddon} from '../lifecycle/create/create.js'
import {createRequest} from '../lifecycle/create/request.js'
import {restoreVars} from '../lifecycle/create/restore-vars.js'
import {destroy} from '../lifecycle/destroy/destroy.js'
import {setLabels} from '../lifecycle/set-labels.js'
import {changeNumber} from '../number/change/change.js'
import {unreleasedFailures} from '../number/change/document.js'
import {planChange} from '../number/change/plan.js'
import {changeRequest, isAsRequested} from '../number/change/request.js'
import type {MonthlyPrice} from '../number/price.js'
import {setNumber} from '../number/set.js'
import type {OfProfile} from '../per-profile.js'
import {listOf, spacedOut} from '../text.js'
import {differingWebhooks} from '../twilio/webhooks.js'
import type {DeclaredAddon} from './declared.js'
import type {AddonState} from './state.js'

/** One thing that is not as it is declared. Texts for a person; null is nothing. */
export interface Difference {
  readonly what: 'add-on' | 'plan' | 'configVars' | 'number' | keyof WebhookUrls | 'alerts' | 'labels'
  readonly from: string | null
  readonly to: string | null
}

/** What makes an app-space as it is declared. */
export interface Change extends OfProfile {
  readonly appSpace: string
  /** Of the file; undefined for what the file no longer has. */
  readonly line?: number
  readonly action: 'create' | 'finish' | 'change' | 'destroy'
  readonly differences: readonly Difference[]
  /** Of the plan, in US dollars. */
  readonly price: {readonly before: number; readonly after: number}
  /** Of a number that is bought, where Twilio tells. */
  readonly numberPrice?: MonthlyPrice | undefined
  /** In this order; each can be repeated. */
  readonly steps: readonly ((context: AddonContext) => Promise<unknown>)[]
}

type Part = Pick<Change, 'differences' | 'steps'>

const nothing: Part = {differences: [], steps: []}

/** An add-on that is not there, or whose creation was interrupted. @throws {Failure} what creating it would be refused with */
export async function changeToCreate(
  context: AddonContext,
  declared: DeclaredAddon,
  standardCountry: string,
): Promise<Change> {
  const {appSpace, line, plan, alerts, labels} = declared
  const number = {...declared.number, ...withoutCleared(declared.webhooks)}
  const options = {appSpace, plan: `twilio:${plan}`, number, labels, force: false, keepOnFailure: false}
  const asked = {
    request: createRequest(options, standardCountry),
    alerts: alerts === 'none' ? undefined : alerts,
  }
  const {state, numberPrice} = await previewAddon(context, asked)
  return {
    appSpace,
    line,
    action: state === 'new' ? 'create' : 'finish',
    differences: [
      {what: 'add-on', from: null, to: `twilio:${plan}`},
      {what: 'number', from: null, to: numberInWords({...declared.number, country: asked.request.intent.country})},
      ...webhookNames.flatMap((what) => {
        const to = declared.webhooks[what] || null
        return to === null ? [] : [{what, from: null, to}]
      }),
      ...(asked.alerts ? [{what: 'alerts' as const, from: null, to: alertsInWords(asked.alerts)}] : []),
      ...(labels && Object.keys(labels).length > 0
        ? [{what: 'labels' as const, from: null, to: labelsInWords(labels)}]
        : []),
    ],
    price: {before: 0, after: plans[plan].pricePerMonth},
    numberPrice: numberPrice ?? undefined,
    steps: [(under) => createAddon(under, asked, {showSecrets: false})],
  }
}

/** An add-on that is no longer declared. */
export function changeToDestroy({appSpace, plan, phoneNumber}: AddonRecord): Change {
  return {
    appSpace,
    action: 'destroy',
    differences: [
      {what: 'add-on', from: `twilio:${plan}`, to: null},
      ...(phoneNumber ? [{what: 'number' as const, from: phoneNumber.e164, to: null}] : []),
    ],
    price: {before: plans[plan].pricePerMonth, after: 0},
    steps: [(context) => destroy(context, {appSpace, keepNumber: false})],
  }
}

/**
 * What differs of an add-on that is there; undefined where nothing does.
 * @throws {Failure} what stands in the way: something unfinished, config vars of somebody else, SIMs that the plan does not allow
 */
export async function changeTo(
  context: AddonContext,
  declared: DeclaredAddon,
  state: AddonState,
  standardCountry: string,
): Promise<Change | undefined> {
  const {appSpace, line} = declared
  const {record} = state
  const parts = [
    await varsPart(context, state),
    await planPart(context, declared, record),
    numberPart(declared, record, standardCountry),
    webhooksPart(declared, state),
    alertsPart(declared, state),
    labelsPart(declared, record),
  ]
  const differences = parts.flatMap((part) => part.differences)
  if (differences.length === 0) return undefined
  const price = {before: plans[record.plan].pricePerMonth, after: plans[declared.plan].pricePerMonth}
  return {appSpace, line, action: 'change', differences, price, steps: parts.flatMap(({steps}) => steps)}
}

/** @throws {Failure} `conflict` for an add-on that cannot be changed now */
export function requireComparable(context: AddonContext, {record}: SeenAddon): void {
  requireSameHost(record, context)
  requireReady(record)
}

async function varsPart(context: AddonContext, {record, configVars}: AddonState): Promise<Part> {
  const {appSpace, accountSid, plan} = record
  if (configVars === undefined || configVars === 'set') return nothing
  // Says what is in the way, if anything is.
  const vars = await readConfigVars(context.akkeris, appSpace)
  await requireFreeVars(context, {appSpace, vars, ours: accountSid, begun: true, forced: false, plan})
  return {
    differences: [{what: 'configVars', from: configVars, to: 'set'}],
    steps: [(under) => restoreVars(under, appSpace)],
  }
}

async function planPart(
  context: AddonContext,
  {appSpace, plan: to}: DeclaredAddon,
  record: AddonRecord,
): Promise<Part> {
  const {plan: from} = record
  if (from === to) return nothing
  const direction = planNames.indexOf(to) > planNames.indexOf(from) ? 'upgrade' : 'downgrade'
  await requireChangeable(context, {appSpace, to, direction})
  return {
    differences: [{what: 'plan', from: `twilio:${from}`, to: `twilio:${to}`}],
    steps: [async (under) => changePlan(under, await requireEntry(under, appSpace), to)],
  }
}

function numberPart({appSpace, number}: DeclaredAddon, record: AddonRecord, standardCountry: string): Part {
  const from = record.phoneNumber?.e164
  const request = changeRequest(number, {appSpace, keepOld: false, from}, standardCountry)
  if (isAsRequested(record, request)) return nothing
  return {
    differences: [
      {what: 'number', from: from ?? null, to: numberInWords({...number, country: request.options.country})},
    ],
    steps: [
      async (context) => {
        const plan = await planChange(context, request)
        if (plan.state === 'already') return
        const [failure] = unreleasedFailures(await changeNumber(context, request, plan))
        if (failure) throw failure
      },
    ],
  }
}

function webhooksPart({appSpace, webhooks}: DeclaredAddon, {urls}: AddonState): Part {
  const differing = differingWebhooks(urls, {...webhooks})
  if (differing.length === 0) return nothing
  const changed = Object.fromEntries(differing.map((name) => [name, webhooks[name]]))
  return {
    differences: differing.map((what) => ({what, from: urls[what] || null, to: webhooks[what] || null})),
    steps: [(context) => setNumber(context, appSpace, changed)],
  }
}

function alertsPart({appSpace, alerts}: DeclaredAddon, {record, alerts: current, kinds}: AddonState): Part {
  if (alerts === undefined) return nothing
  const wanted = alerts === 'none' ? [] : settingsFor(record.plan, alerts, kinds)
  if (isNothing(changesTo(current, wanted))) return nothing
  const before = requestOf(current)
  return {
    differences: [
      {
        what: 'alerts',
        from: before ? alertsInWords(before) : null,
        to: alerts === 'none' ? null : alertsInWords(alerts),
      },
    ],
    steps: [
      async (context) => {
        if (alerts === 'none') return unsetAlerts(context, appSpace)
        const {missing} = await setAlerts(context, appSpace, alerts)
        const sentence = missingAlerts(appSpace, missing)
        if (sentence !== undefined) context.warn(sentence)
        return undefined
      },
    ],
  }
}

function labelsPart({appSpace, labels}: DeclaredAddon, record: AddonRecord): Part {
  if (!labels || sameLabels(labels, record.labels)) return nothing
  const gone = Object.keys(record.labels ?? {}).filter((key) => labels[key] === undefined)
  const changes = {...labels, ...Object.fromEntries(gone.map((key) => [key, '']))}
  return {
    differences: [{what: 'labels', from: labelsInWords(record.labels) || null, to: labelsInWords(labels) || null}],
    steps: [(context) => setLabels(context, {appSpace, changes})],
  }
}

function alertsInWords({url, percents}: AlertRequest): string {
  return `at ${listOf(
    percents.map((percent) => `${percent}%`),
    'and',
  )}: ${url}`
}

/** `a local number in US, area code 801` */
function numberInWords(options: DeclaredAddon['number']): string {
  const {country = '', type = 'local', phoneNumber} = options
  if (phoneNumber !== undefined) return phoneNumber
  const others = choosingNames.filter((name) => !['country', 'type'].includes(name) && options[name] !== undefined)
  const kind = `a ${type} number in ${country}`
  const details = others.map((name) => `${spacedOut(name)}${options[name] === true ? '' : ` ${String(options[name])}`}`)
  return [kind, ...details].join(', ')
}

/** Step by step; after a failure the same change, planned again, does what is left. */
export async function carryOutChange(context: AddonContext, {steps}: Change): Promise<void> {
  for (const step of steps) await step(context)
}
