import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord} from '../../addon/record.js'
import {readSendings} from '../../addon/sendings.js'
import {Failure} from '../../errors.js'
import {readSteps, type StepName, stepNames} from '../../registration/steps.js'
import {compareText} from '../../text.js'
import {fetchAccountIfExists, listSubaccounts} from '../../twilio/accounts.js'
import {subaccount, type TwilioAccount} from '../../twilio/connect.js'
import type {Sending} from '../../twilio/sending.js'

/** What of a registration ends with the subaccount. */
export interface EndingRegistration {
  /** E.164. */
  readonly phoneNumber: string
  /** What Twilio or the carriers have reviewed, or are reviewing now. */
  readonly steps: readonly StepName[]
  /** Whether the number may send by it. */
  readonly isVerified: boolean
}

/** What destroying the add-on ends of its registration for SMS to the US, as far as can be told; undefined where there is none. */
export async function previewRegistrationEnd(
  {main, registry}: AddonContext,
  appSpace: string,
): Promise<EndingRegistration | undefined> {
  return tolerant(async () => {
    const record = (await registry.read(appSpace))?.record
    return record && registrationEndOf(main, record)
  })
}

/** The same of a record that was read. */
export async function registrationEndOf(
  main: TwilioAccount,
  record: AddonRecord,
): Promise<EndingRegistration | undefined> {
  const {phoneNumber: number, accountSid} = record
  if (!number || accountSid === undefined || stepNames(number.e164).length === 0) return undefined
  return tolerant(async () => {
    const account = await fetchAccountIfExists(main, accountSid)
    if (account?.status !== 'active') return undefined
    const found = await readSteps(subaccount(main, account), number, record)
    const steps = stepNames(number.e164).filter((step) => step !== 'messaging-service' && found[step] !== undefined)
    const {campaign, 'toll-free-verification': verification} = found
    // A mock campaign registers nothing.
    const isVerified = verification?.state === 'approved' || (campaign?.state === 'approved' && campaign.mock !== true)
    return steps.length === 0 ? undefined : {phoneNumber: number.e164, steps, isVerified}
  })
}

/** Only a preview: what is wrong shows when it is done, or another run has just done it. */
async function tolerant<Result>(read: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Failure && error.outcome !== 'interrupted') return undefined
    throw error
  }
}

/** Those of many whose numbers are registered, or nearly, by name: a few requests for each US number. */
export async function registeredAmong(
  {main, registry}: AddonContext,
  appSpaces: readonly string[],
): Promise<readonly string[]> {
  // With an API key it would take a request for each subaccount's token.
  if (main.usesApiKey) return []
  const [{records}, accounts] = await Promise.all([registry.list(), listSubaccounts(main)])
  const wanted = new Set(appSpaces)
  const active = new Set(accounts.filter(({status}) => status === 'active').map(({sid}) => sid))
  const asked = records.filter(({appSpace, accountSid = ''}) => wanted.has(appSpace) && active.has(accountSid))
  const sendings = await readSendings(main, {records: asked, accounts}, () => undefined)
  return asked
    .filter(({accountSid = ''}) => registeredStates.has(sendings.get(accountSid)?.state ?? 'unknown'))
    .map(({appSpace}) => appSpace)
    .sort(compareText)
}

const registeredStates: ReadonlySet<Sending['state']> = new Set(['verified', 'in-review', 'rejected'])
