import type {ResultErrors} from '../error-document.js'
import type {OfProfile, PerProfile, ReadProfiles} from '../per-profile.js'
import {compareText} from '../text.js'
import type {Account} from '../twilio/accounts.js'
import type {Sending} from '../twilio/sending.js'
import type {AddonRegistry} from './addon-registry.js'
import {conditionsOf} from './condition.js'
import type {AddonInfo} from './info.js'
import type {Labels} from './labels.js'
import {type Plan, type PlanName, planNames, plans, registrationPrices, simPrices} from './plans.js'
import type {AddonRecord} from './record.js'
import type {SeenAddon} from './see-all.js'
import {type Unfinished, unfinished} from './unfinished.js'
import type {ConfigVarsState} from './vars-state.js'

/** The Twilio add-on of an app-space. */
export interface AddonDocument {
  readonly appSpace: string
  readonly plan: PlanName
  /** US dollars. */
  readonly pricePerMonth: number
  readonly state: AddonRecord['state']
  /** SID of the subaccount; null before there is one. */
  readonly accountSid: string | null
  readonly accountStatus: Account['status'] | null
  /** E.164; null before there is one. */
  readonly phoneNumber: string | null
  readonly phoneNumberSid: string | null
  /** Whether US carriers deliver its SMS; null before there is a number, and while the subaccount is not active. */
  readonly sending: Sending | null
  readonly configVars: ConfigVarsState
  /** Of foreign ones that are of another add-on of the app-space, under the same main account: the registry that has it. */
  readonly configVarsRegistry: string | null
  /** An operation that is under way or was interrupted, if any. */
  readonly unfinished: Unfinished | null
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** Who ran the command that created it; null where that is unknown. */
  readonly createdBy: string | null
  readonly labels: Labels
}

export function addonDocument({record, account, sending, configVars, configVarsRegistry}: AddonInfo): AddonDocument {
  const {appSpace, plan, state, accountSid, phoneNumber, createdAt, createdBy = null, labels = {}} = record
  return {
    appSpace,
    plan,
    pricePerMonth: plans[plan].pricePerMonth,
    state,
    accountSid: accountSid ?? null,
    accountStatus: account?.status ?? null,
    phoneNumber: phoneNumber?.e164 ?? null,
    phoneNumberSid: phoneNumber?.sid ?? null,
    sending: sending ?? null,
    configVars,
    configVarsRegistry: configVarsRegistry ?? null,
    unfinished: unfinished(record) ?? null,
    createdAt,
    createdBy,
    labels,
  }
}

/** An add-on that no run works on. */
export interface AddonReadyDocument {
  readonly appSpace: string
  readonly plan: PlanName
  readonly state: AddonRecord['state']
  readonly accountSid: string | null
  /** E.164. */
  readonly phoneNumber: string | null
}

export function addonReadyDocument({appSpace, plan, state, accountSid, phoneNumber}: AddonRecord): AddonReadyDocument {
  return {appSpace, plan, state, accountSid: accountSid ?? null, phoneNumber: phoneNumber?.e164 ?? null}
}

/** The add-ons of the main account. */
export interface AddonListDocument extends ReadProfiles, ResultErrors {
  /** Name of the Sync Map in which they are recorded. */
  readonly registry: string
  /** SID of the main account whose registry it is; null with `--profile all`, where each add-on has it. */
  readonly mainAccountSid: string | null
  /** By name. */
  readonly addons: readonly ListedAddon[]
}

export interface ListedAddon extends OfProfile {
  readonly appSpace: string
  /** The Akkeris host of the app-space. */
  readonly host: string
  readonly plan: PlanName
  readonly state: AddonRecord['state']
  readonly accountSid: string | null
  readonly accountStatus: Account['status'] | null
  /** As in `addons:info`; null where it was not read: at another Akkeris, without a login there, and in a list of more than 100 add-ons. */
  readonly configVars: ConfigVarsState | null
  /** As in `addons:info`. */
  readonly configVarsRegistry: string | null
  /** What was changed outside of this tool, in a word, the worst if there are several; null where nothing was found. */
  readonly condition: string | null
  /** E.164. */
  readonly phoneNumber: string | null
  readonly phoneNumberSid: string | null
  /** Whether US carriers deliver its SMS; null without `--sending`, before there is a number, and while the subaccount is not active. */
  readonly sending: Sending | null
  /** Of the plan, in US dollars. */
  readonly pricePerMonth: number
  /** An operation that is under way or was interrupted, if any. */
  readonly unfinished: Unfinished | null
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** Who ran the command that created it; null where that is unknown. */
  readonly createdBy: string | null
  readonly labels: Labels
  /** Since when it has had its current auth token, ISO 8601, UTC; null where that is unknown. */
  readonly rotatedAt: string | null
}

export function addonListDocument({name, account}: AddonRegistry, seen: readonly SeenAddon[]): AddonListDocument {
  const addons = seen.map(({record, accountStatus, configVars, configVarsRegistry}) => {
    const {appSpace, host, plan, phoneNumber, state, accountSid = null, createdAt, rotatedAt = null} = record
    const {createdBy = null, labels = {}} = record
    const known = {
      appSpace,
      host,
      plan,
      state,
      accountSid,
      accountStatus: accountStatus ?? null,
      configVars: configVars ?? null,
      configVarsRegistry: configVarsRegistry ?? null,
    }
    return {
      ...known,
      condition: conditionsOf(known)[0]?.word ?? null,
      phoneNumber: phoneNumber?.e164 ?? null,
      phoneNumberSid: phoneNumber?.sid ?? null,
      sending: null,
      pricePerMonth: plans[plan].pricePerMonth,
      unfinished: unfinished(record) ?? null,
      createdAt,
      createdBy,
      labels,
      rotatedAt,
    }
  })
  return {
    registry: name,
    mainAccountSid: account.sid,
    addons: addons.sort((a, b) => compareText(a.appSpace, b.appSpace)),
  }
}

/** One list of several main accounts' add-ons. */
export function mergedLists({parts, read}: Pick<PerProfile<AddonListDocument>, 'parts' | 'read'>): AddonListDocument {
  const [first] = parts
  if (first && read.profiles === undefined) return first.result
  return {
    registry: first?.result.registry ?? '',
    mainAccountSid: null,
    ...read,
    addons: parts.flatMap(({of, result}) => result.addons.map((addon) => ({...addon, ...of}))),
  }
}

/** The plans of the Twilio add-on. */
export interface PlansDocument {
  readonly plans: readonly Plan[]
  readonly simCards: SimCardPrices
  /** Beside the plan: what Twilio charges for registering a US local number for SMS. */
  readonly registration: RegistrationPrices
  /** What people expect here, but is not part of the add-on. */
  readonly notIncluded: readonly string[]
}

/** US dollars. */
interface SimCardPrices {
  /** For all cards together, while the app-space has any. */
  readonly perMonthFromFirstCard: number
  readonly perCardOnce: number
}

/** US dollars, as reported: no API has them. */
interface RegistrationPrices {
  readonly brandOnce: number
  readonly brandWithVettingOnce: number
  readonly campaignVettingOnce: number
  /** Until the campaign is deleted. */
  readonly campaignPerMonthFrom: number
  /** URL of Twilio's price list, which is what counts. */
  readonly priceList: string
}

export function plansDocument(only?: PlanName): PlansDocument {
  const names = planNames.filter((name) => only === undefined || name === only)
  return {
    plans: names.map((name) => plans[name]),
    simCards: simPrices,
    registration: registrationPrices,
    notIncluded: ['email (SendGrid)'],
  }
}

/** The link to a subaccount in the Twilio console. */
export interface ConsoleDocument {
  readonly appSpace: string
  readonly accountSid: string
  readonly url: string
}

export function consoleDocument(appSpace: string, accountSid: string): ConsoleDocument {
  return {appSpace, accountSid, url: `https://console.twilio.com/?accountSid=${accountSid}`}
}
