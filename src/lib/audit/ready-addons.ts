/** What add-ons lack that are otherwise as they should be. */
import type {AddonContext} from '../addon/context.js'
import type {SeenAddon} from '../addon/see-all.js'
import {readSendings} from '../addon/sendings.js'
import {alertsAmong} from '../alerts/alert.js'
import {inBatches} from '../batch.js'
import {ourCommand} from '../command-line.js'
import type {Account} from '../twilio/accounts.js'
import type {Sending} from '../twilio/sending.js'
import {listUsageTriggers} from '../twilio/usage-triggers.js'
import type {AuditFinding} from './document.js'
import {finding} from './finding.js'

/** Add-ons that are otherwise as they should be: nobody would learn that their plan is used up. */
export async function withoutAlerts(
  {main}: AddonContext,
  addons: readonly SeenAddon[],
  onProgress: (done: number, all: number) => void,
): Promise<AuditFinding[]> {
  const ready = addons.filter(({record, accountStatus}) => record.state === 'ready' && accountStatus === 'active')
  // With an API key it would take a request for each subaccount's token.
  if (main.usesApiKey) return []
  const triggers = await inBatches(ready, async ({record}) => listUsageTriggers(main, record.accountSid), onProgress)
  return ready.flatMap(({record}, index) => {
    const outcome = triggers[index]
    if (!outcome || 'failure' in outcome || alertsAmong(outcome.result).length > 0) return []
    const {appSpace} = record
    const set = ourCommand(`twilio:alerts:set -a ${appSpace} --url URL`)
    return [finding('no-alerts', {record, detail: `${appSpace}: no alerts are set.`, commands: [set]})]
  })
}

/** Numbers that US carriers deliver no SMS of. Whoever only calls, or sends elsewhere, needs nothing. */
export async function blockedNumbers(
  {main}: AddonContext,
  {addons, accounts}: {readonly addons: readonly SeenAddon[]; readonly accounts: readonly Account[]},
  onProgress: (done: number, all: number) => void,
): Promise<AuditFinding[]> {
  if (main.usesApiKey) return []
  const records = addons
    .filter(({record, accountStatus}) => record.state === 'ready' && accountStatus === 'active')
    .map(({record}) => record)
  const sendings = await readSendings(main, {records, accounts}, onProgress)
  return records.flatMap((record) => {
    const {accountSid = '', appSpace, phoneNumber} = record
    const sending = sendings.get(accountSid)
    const why = sending && blockedWords[sending.state]
    if (why === undefined || !phoneNumber) return []
    const detail = `${appSpace}: US carriers do not deliver SMS from ${phoneNumber.e164}: ${why}.`
    return [finding('sms-blocked', {record, detail, commands: [ourCommand(`twilio:registration -a ${appSpace}`)]})]
  })
}

const blockedWords: Readonly<Partial<Record<Sending['state'], string>>> = {
  'not-registered': 'it is not registered',
  'in-review': 'its registration is in review',
  rejected: 'its registration was rejected',
}
