import type {AddonContext} from '../addon/context.js'
import {askByName, requireActive, requireRecord} from '../addon/info.js'
import {type AddonRecord, askedNumber, type HeldNumber} from '../addon/record.js'
import {ourCommand} from '../command-line.js'
import {type Failure, notFound} from '../errors.js'
import type {Account} from '../twilio/accounts.js'
import {subaccount, type TwilioAccount} from '../twilio/connect.js'
import {readSending, type Sending} from '../twilio/sending.js'
import {readSteps, type Steps} from './steps.js'

export interface Registration {
  readonly record: AddonRecord
  readonly number: HeldNumber
  readonly sending: Sending
  readonly steps: Steps
}

/** @throws {Failure} `notFound` where there is no add-on, or no number yet; `refused` where its account is not active. */
export async function readRegistration(context: AddonContext, appSpace: string): Promise<Registration> {
  const sameName = askByName(context, appSpace)
  const record = await requireRecord(context, appSpace)
  const {phoneNumber: number} = record
  if (!number) throw noNumber(record)
  return readRegistrationOf(context.main, {record, number, account: await requireActive(context, record, sameName)})
}

export async function readRegistrationOf(
  main: TwilioAccount,
  {record, number, account: {sid, authToken}}: Pick<Registration, 'record' | 'number'> & {readonly account: Account},
): Promise<Registration> {
  const account = subaccount(main, {sid, authToken})
  const [sending, steps] = await Promise.all([
    readSending(() => account, askedNumber(record) ?? number),
    readSteps(account, number, record),
  ])
  return {record, number, sending, steps}
}

export function noNumber({appSpace, plan}: AddonRecord): Failure {
  return notFound(
    'NUMBER_NOT_FOUND',
    `${appSpace} has no number yet.`,
    `To resume the creation of its add-on: ${ourCommand(`addons:create twilio:${plan} -a ${appSpace}`)}`,
  )
}
