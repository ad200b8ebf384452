import type {AddonContext} from '../addon/context.js'
import {askByName, readInside, requireActive, requireRecord} from '../addon/info.js'
import {type AddonRecord, askedNumber, type HeldNumber} from '../addon/record.js'
import {type ConfigVars, readConfigVarsIfThere} from '../akkeris/config-vars.js'
import {allOf} from '../all-of.js'
import {ourCommand} from '../command-line.js'
import {notFound} from '../errors.js'
import type {Account} from '../twilio/accounts.js'
import {subaccount, type TwilioAccount} from '../twilio/connect.js'
import {listNumbers, type OwnedNumber} from '../twilio/numbers.js'
import {readSending, type Sending} from '../twilio/sending.js'
import {pendingRegistrationsOf} from './pending-registrations.js'

export interface NumberInfo {
  readonly record: AddonRecord
  readonly recorded: HeldNumber
  /** Undefined when the subaccount no longer has it. */
  readonly number: OwnedNumber | undefined
  /** Other numbers of the subaccount, E.164. */
  readonly others: readonly string[]
  /** Whether the app-space's TWILIO_PHONE_NUMBER is this number. */
  readonly configVar: 'same' | 'different' | 'missing' | 'no such app'
  /** Whether US carriers deliver its SMS. */
  readonly sending: Sending
  /** What Twilio requires before the number may send. */
  readonly pendingRegistrations: string | undefined
}

/** @throws {Failure} `notFound` where there is no add-on, or no number yet; `refused` where its account is not active. */
export async function readNumber(context: AddonContext, appSpace: string): Promise<NumberInfo> {
  const sameName = askByName(context, appSpace)
  const [record, vars] = await Promise.all([
    requireRecord(context, appSpace),
    readConfigVarsIfThere(context.akkeris, appSpace),
  ])
  const account = requireActive(context, record, sameName)
  const [{held, recorded}, sending] = await allOf([
    heldBy(context, record, account),
    sendingOf(context, record, account),
  ])
  return {
    record,
    recorded,
    number: held.find(({sid}) => sid === recorded.sid),
    others: held.filter(({sid}) => sid !== recorded.sid).map(({e164}) => e164),
    configVar: configVarState(vars, recorded),
    sending,
    pendingRegistrations: sending.state === 'verified' ? undefined : pendingRegistrationsOf(record),
  }
}

/** For a record without a number nothing is requested; reading its numbers then fails with the reason. */
async function sendingOf(
  {main}: Pick<AddonContext, 'main'>,
  record: AddonRecord,
  account: Promise<Account>,
): Promise<Sending> {
  const active = await account
  return readSending(() => subaccount(main, active), askedNumber(record) ?? {sid: '', e164: ''})
}

interface Held {
  readonly twilio: TwilioAccount
  readonly held: readonly OwnedNumber[]
  readonly recorded: HeldNumber
}

/** The numbers of an add-on's subaccount, and which of them is the add-on's. @throws {Failure} as `readNumber` */
export async function heldBy(context: AddonContext, record: AddonRecord, active?: Promise<Account>): Promise<Held> {
  const {appSpace, plan, phoneNumber: recorded} = record
  if (!recorded) {
    throw notFound(
      'NUMBER_NOT_FOUND',
      `${appSpace} has no number yet.`,
      `To resume the creation of its add-on: ${ourCommand(`addons:create twilio:${plan} -a ${appSpace}`)}`,
    )
  }
  const [account, held] = await readInside(context.main, active ?? requireActive(context, record), (reader) =>
    listNumbers(reader, {of: record.accountSid}),
  )
  return {twilio: subaccount(context.main, account), held, recorded}
}

function configVarState(vars: ConfigVars | undefined, {e164}: HeldNumber): NumberInfo['configVar'] {
  if (!vars) return 'no such app'
  if (vars.TWILIO_PHONE_NUMBER === undefined) return 'missing'
  return vars.TWILIO_PHONE_NUMBER === e164 ? 'same' : 'different'
}
