import {ownerOf, present} from '../../addon/vars.js'
import type {ConfigVars} from '../../akkeris/config-vars.js'
import {conflict, type Failure} from '../../errors.js'
import {unfinished} from '../../addon/unfinished.js'
import type {AddonRecord, CreateIntent, NumberOptions} from '../../addon/record.js'

/** What a person asked for: the whole intent, and which of its options they gave themselves. */
export interface CreateRequest {
  readonly appSpace: string
  readonly intent: CreateIntent
  readonly explicit: ReadonlySet<keyof NumberOptions>
  readonly keepOnFailure: boolean
}

/** The flag for an option, for messages. */
export const flagOf: Readonly<Record<keyof NumberOptions, string>> = {
  country: '--country',
  type: '--number-type',
  areaCode: '--area-code',
  contains: '--contains',
  phoneNumber: '--phone-number',
  anyArea: '--any-area',
  addressSid: '--address-sid',
  bundleSid: '--bundle-sid',
  voiceUrl: '--voice-url',
  smsUrl: '--sms-url',
  statusCallback: '--status-callback',
}

/** The options that a person gave and that are not as they were when `started`; `has` is the number that came of it, E.164. */
export function contradictions(
  explicit: Iterable<keyof NumberOptions>,
  {asked, started, has}: {asked: NumberOptions; started: NumberOptions; has: string | undefined},
): (keyof NumberOptions)[] {
  return [...explicit].filter((option) => {
    if (started[option] === asked[option]) return false
    // What the number is like counts, not how it was asked for.
    if (option === 'phoneNumber') return has !== asked.phoneNumber
    if (option === 'areaCode') return has?.slice(2, 5) !== asked.areaCode
    return option !== 'anyArea'
  })
}

/** `--area-code was 801, --contains was not given` */
export function asStarted(options: readonly (keyof NumberOptions)[], started: NumberOptions): string {
  return options.map((option) => `${flagOf[option]} was ${String(started[option] ?? 'not given')}`).join(', ')
}

/** @throws {Failure} `conflict` for an item of another Akkeris: two app-spaces of one name. */
export function requireSameHost({appSpace, host}: AddonRecord, ours: string, registry: string): void {
  if (host === ours) return
  throw conflict(
    'OTHER_HOST',
    `The registry "${registry}" knows ${appSpace} from another Akkeris (${host}); this one is ${ours}.`,
    'Give this installation a registry of its own: `aka twilio:settings set registry NAME`.',
    `Or set AKKERIS_API_HOST=${host} if that one was meant.`,
  )
}

/** @throws {Failure} `conflict` when what is recorded contradicts what was asked for. */
export function requireSamePlan(record: AddonRecord, {appSpace, intent, explicit}: CreateRequest): void {
  if (record.plan !== intent.plan) {
    throw conflict(
      'OTHER_PLAN',
      `${appSpace} has the plan twilio:${record.plan} already, and one app-space has one plan.`,
      `To change it: aka addons:upgrade twilio twilio:${intent.plan} -a ${appSpace}`,
    )
  }
  const started = record.intent
  if (started.operation !== 'create') return
  const has = record.phoneNumber?.e164
  const contradicted = contradictions(explicit, {asked: intent, started, has})
  if (contradicted.length === 0) return
  if (record.state === 'ready') {
    throw conflict(
      'OTHER_OPTIONS',
      `${appSpace} has its add-on already (${has ?? 'no number'}), made without that ${contradicted.map((option) => flagOf[option]).join(', ')}.`,
      `To keep it as it is: aka addons:create twilio:${record.plan} -a ${appSpace}`,
    )
  }
  throw conflict(
    'OTHER_OPTIONS',
    `${appSpace} is half made with other options: ${asStarted(contradicted, started)}.`,
    `To go on as it was begun: aka addons:create twilio:${record.plan} -a ${appSpace}`,
    `To begin anew: aka addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`,
  )
}

/** @throws {Failure} `conflict` while another operation on the app-space is half done. */
export function requireCreatable(record: AddonRecord): void {
  const {state, appSpace} = record
  const {what, command} = unfinished(record) ?? {what: '', command: ''}
  if (state === 'destroying') {
    throw conflict('BEING_DESTROYED', `${appSpace} is half destroyed.`, `Finish that first: ${command}`)
  }
  if (state === 'changing') {
    throw conflict(
      'BEING_CHANGED',
      `Something else is half done with the add-on of ${appSpace}: ${what}.`,
      `To go on with that: ${command}`,
      `To end the add-on: aka addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`,
    )
  }
}

interface Ownership {
  /** The SID of the add-on's subaccount, where there is one. */
  readonly ours: string | undefined
  /** Whether an earlier run began here, so that vars without TWILIO_SID may be its. */
  readonly begun: boolean
}

/** The add-on's config vars that are somebody else's. */
export function foreignVars(vars: ConfigVars, {ours, begun}: Ownership): string[] {
  const owner = ownerOf(vars)
  const fine = owner === undefined ? begun : owner === ours
  return fine ? [] : present(vars)
}

export function foreignVarsRefused(appSpace: string, foreign: readonly string[]): Failure {
  return conflict(
    'FOREIGN_CONFIG_VARS',
    `${appSpace} has ${foreign.join(', ')} already, and not from this add-on.`,
    `Add --force to overwrite them, or remove them first: aka config:unset ${foreign.join(' ')} -a ${appSpace}`,
  )
}
