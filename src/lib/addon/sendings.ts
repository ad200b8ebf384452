import {inBatches} from '../batch.js'
import {type Account, fetchAccountIfExists} from '../twilio/accounts.js'
import {subaccount, type TwilioAccount} from '../twilio/connect.js'
import {readSending, type Sending} from '../twilio/sending.js'
import {type AddonRecord, askedNumber} from './record.js'

/** The numbers that something is asked about, each in a subaccount that is active. */
interface Asked {
  readonly records: readonly AddonRecord[]
  /** Those that were listed. */
  readonly accounts: readonly Account[]
}

/** Whether US carriers deliver the SMS of each number, by the SID of its subaccount: three requests for a US number, as a rule, and three more while it is being registered. */
export async function readSendings(
  main: TwilioAccount,
  {records, accounts}: Asked,
  onProgress: (done: number, all: number) => void,
): Promise<ReadonlyMap<string, Sending>> {
  const bySid = new Map(accounts.map((account) => [account.sid, account]))
  const numbered = records.flatMap((record) => {
    const {accountSid} = record
    const number = askedNumber(record)
    return accountSid !== undefined && number ? [{accountSid, number}] : []
  })
  const look = async ({accountSid, number}: (typeof numbered)[number]): Promise<Sending | undefined> => {
    // Lists are late.
    const account = bySid.get(accountSid) ?? (await fetchAccountIfExists(main, accountSid))
    return account && readSending(() => subaccount(main, account), number)
  }
  const outcomes = await inBatches(numbered, look, onProgress)
  return new Map(
    numbered.flatMap(({accountSid}, index) => {
      const outcome = outcomes[index]
      if (outcome && 'result' in outcome) return outcome.result ? [[accountSid, outcome.result] as const] : []
      return [[accountSid, {state: 'unknown', since: null, reasons: []} as const] as const]
    }),
  )
}
