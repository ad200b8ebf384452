import type {AddonContext} from '../addon/context.js'
import {asFailure} from '../errors.js'
import {DestroyedBook} from '../invoice/destroyed.js'
import {restoreVars} from '../lifecycle/create/restore-vars.js'
import {destroy} from '../lifecycle/destroy/destroy.js'
import {fetchAccountIfExists} from '../twilio/accounts.js'
import {readerIn} from '../twilio/connect.js'
import {usageReader} from '../twilio/usage.js'
import {readMetering} from '../usage/read.js'
import type {AuditFinding} from './document.js'

interface Audited {
  readonly context: AddonContext
  readonly findings: readonly AuditFinding[]
}

/** Fixes what was found in each of several main accounts, one after another. */
export async function fixAll(audited: readonly Audited[]): Promise<readonly AuditFinding[]> {
  const fixed: AuditFinding[] = []
  for (const {context, findings} of audited) fixed.push(...(await fixFindings(context, findings)))
  return fixed
}

/**
 * Fixes what can be fixed without spending anything, and without ending anything that has traffic. One that fails, or turns out to be
 * another thing by now, does not stop the others.
 */
export async function fixFindings(
  context: AddonContext,
  findings: readonly AuditFinding[],
): Promise<readonly AuditFinding[]> {
  const fixed: AuditFinding[] = []
  for (const finding of findings) fixed.push(await fixOne(context, finding))
  return fixed
}

async function fixOne(context: AddonContext, finding: AuditFinding): Promise<AuditFinding> {
  const {fix, appSpace} = finding
  if (fix === null || appSpace === null) return finding
  try {
    const notFixed = await carryOut(context, {...finding, appSpace})
    return notFixed === undefined ? {...finding, fixed: true} : {...finding, fixed: false, notFixed}
  } catch (error) {
    const failure = asFailure(error)
    if (failure.outcome === 'interrupted') throw failure
    return {...finding, fixed: false, notFixed: failure.message}
  }
}

type Fixable = AuditFinding & {readonly appSpace: string}

/** @returns why it stays, if it does */
async function carryOut(context: AddonContext, finding: Fixable): Promise<string | undefined> {
  const {fix, appSpace} = finding
  if (fix === 'restore its config vars') await restoreVars(context, appSpace)
  else if (fix !== 'remove the record') return removeRest(context, finding)
  else await removeOldRecords(context, appSpace)
  return undefined
}

async function removeOldRecords(context: AddonContext, appSpace: string): Promise<void> {
  const book = new DestroyedBook(context.main, context.registry.name)
  await book.removeOld(await book.items(`${appSpace}/destroyed-`))
}

async function removeRest(context: AddonContext, {kind, accountSid, appSpace}: Fixable): Promise<string | undefined> {
  const record = (await context.registry.read(appSpace))?.record
  if (kind === 'orphaned-subaccount') {
    if (record) return `${appSpace} now has an add-on.`
    const traffic = accountSid === null ? undefined : await trafficOf(context, accountSid)
    if (traffic !== undefined) return traffic
  } else if (!record) return undefined
  else if (kind === 'unfinished' && record.state !== 'destroying') return `${appSpace} is no longer being destroyed.`
  else if (kind === 'subaccount-closed') {
    const account =
      record.accountSid === undefined ? undefined : await fetchAccountIfExists(context.main, record.accountSid)
    if (account && account.status !== 'closed') return `${account.sid} is no longer closed.`
  }
  await destroy(context, {appSpace, keepNumber: false})
  return undefined
}

/** Why an account may be of use to somebody; undefined where it was used for nothing in this month and the last. */
async function trafficOf({main}: AddonContext, sid: string): Promise<string | undefined> {
  const account = await fetchAccountIfExists(main, sid)
  if (!account || account.status === 'closed') return undefined
  const reader = main.usesApiKey ? await readerIn(main, async () => account) : main
  const read = (await usageReader(reader))(sid)
  const months = await Promise.all([readMetering(read, 'this'), readMetering(read, 'last')])
  const amounts = months.flatMap(({used}) => Object.values(used))
  if (amounts.includes(null)) return `Twilio does not say whether ${sid} is in use.`
  return amounts.some((amount) => amount !== 0) ? `${sid} has traffic: somebody may use it.` : undefined
}
