import {changeConfigVars, readConfigVarsIfThere} from '../akkeris/config-vars.js'
import {conflict, Failure} from '../errors.js'
import {findSubaccounts, type Account} from '../twilio/accounts.js'
import {subaccount} from '../twilio/connect.js'
import {listNumbers} from '../twilio/numbers.js'
import {fetchIfThere} from './acquire.js'
import {Claim, untilFree} from '../registry/claim.js'
import {ClaimLost} from '../registry/items.js'
import {closeSubaccount, moveToMain, resumeSubaccount} from './give-back.js'
import {requireSameHost} from './judge.js'
import {checkMainAccount, requireAuthToken} from './main-account.js'
import type {Means} from './means.js'
import {subaccountName, type AddonRecord, type HeldNumber} from './record.js'
import {endInWords, endSims, simsToEnd, type SimsEnded} from '../sims/end.js'
import {simMeansOf} from '../sims/means.js'
import {present, removals, type AddonVars} from './vars.js'

export interface DestroyAsk {
  readonly appSpace: string
  readonly keepNumber: boolean
}

export interface Destroyed {
  /** False when there was nothing left to destroy. */
  readonly destroyed: boolean
  readonly appSpace: string
  readonly accountSid: string | undefined
  readonly removedVars: readonly string[]
  /** The number that is now in the main account. */
  readonly keptNumber: string | undefined
  readonly sims: SimsEnded
}

const noSims: SimsEnded = {toStock: [], deactivated: [], cancelledOrders: []}

/**
 * Ends an add-on: config vars, then the number that is to be kept, then the subaccount, then the registry's item. Every
 * step looks first, so that it can be repeated after any interruption.
 */
export async function destroy(means: Means, ask: DestroyAsk): Promise<Destroyed> {
  const {main, registry, akkeris, progress, waiting} = means
  const {appSpace, keepNumber} = ask
  if (keepNumber) requireAuthToken(main, 'move a number out of a subaccount')

  progress(`looking at ${appSpace} and the main account`)
  const judge = (record: AddonRecord) => requireSameHost(record, akkeris.host, registry.name)
  for (let attempt = 1; ; attempt++) {
    const [, , entry] = await Promise.all([
      checkMainAccount(main),
      readConfigVarsIfThere(akkeris, appSpace),
      untilFree(registry, appSpace, {...waiting, judge}),
    ])
    try {
      if (entry) {
        const before = entry.record.intent
        // A number that was moved in for an add-on that never became ready goes back to where it was.
        const movedIn = entry.record.state === 'provisioning' && entry.record.phoneNumber?.movedIn === true
        const keep = keepNumber || movedIn || (before.operation === 'destroy' && before.keepNumber)
        const intent = {operation: 'destroy', keepNumber: keep} as const
        return await end(means, await Claim.take(registry, entry, {state: 'destroying', intent}), keep)
      }
      const orphan = await claimOrphan(means, ask)
      if (!orphan)
        return {
          destroyed: false,
          appSpace,
          accountSid: undefined,
          removedVars: [],
          keptNumber: undefined,
          sims: noSims,
        }
      return await end(means, orphan, keepNumber)
    } catch (error) {
      if (!(error instanceof ClaimLost) || attempt === 5) throw error
    }
  }
}

/** What destroying the add-on does to its SIMs and their orders, as far as it can be told; nothing where there are none. */
export async function simsInWords(means: Means, appSpace: string): Promise<string[]> {
  try {
    const {accountSid} = (await means.registry.read(appSpace))?.record ?? {}
    const account = accountSid === undefined ? undefined : await fetchIfThere(means.main, accountSid)
    return account?.status === 'active' ? endInWords(await simsToEnd(simMeansOf(means, appSpace, account))) : []
  } catch (error) {
    // Only to be told: what is wrong shows when it is done, or another run has just done it.
    if (error instanceof Failure && error.outcome !== 'interrupted') return []
    throw error
  }
}

/** A subaccount of the app-space's name without an item, as a run leaves it that lost its claim while it slept. */
async function claimOrphan(
  {main, registry, akkeris}: Means,
  {appSpace, keepNumber}: DestroyAsk,
): Promise<Claim<AddonRecord> | undefined> {
  const name = subaccountName({registry: registry.name, host: akkeris.host, appSpace})
  const [orphan, ...others] = await findSubaccounts(main, name)
  if (!orphan) return undefined
  if (others.length > 0) {
    throw conflict(
      'SEVERAL_SUBACCOUNTS',
      `There are several subaccounts named "${name}": ${[orphan, ...others].map(({sid}) => sid).join(', ')}.`,
      'Look at them in https://console.twilio.com and close them there.',
    )
  }
  const record = {
    v: 1,
    appSpace,
    host: akkeris.host,
    plan: 'small',
    state: 'destroying',
    intent: {operation: 'destroy', keepNumber},
    accountSid: orphan.sid,
    reservations: [],
    createdAt: new Date().toISOString(),
  } as const
  const claim = await Claim.make(registry, record, Promise.resolve())
  if (!claim) throw new ClaimLost(appSpace)
  return claim
}

async function end(means: Means, claim: Claim<AddonRecord>, keepNumber: boolean): Promise<Destroyed> {
  try {
    return await endAll(means, claim, keepNumber)
  } catch (error) {
    if (error instanceof ClaimLost) throw error
    await claim.finish().catch(() => undefined)
    if (!(error instanceof Failure)) throw error
    throw error.withSuggestions('What was done stays done: run the same command again to go on.')
  }
}

async function endAll(means: Means, claim: Claim<AddonRecord>, keepNumber: boolean): Promise<Destroyed> {
  const {main, registry, akkeris, progress} = means
  const {appSpace, accountSid: recorded, phoneNumber} = claim.record
  const name = subaccountName({registry: registry.name, host: akkeris.host, appSpace})
  // A run that was cut short may have made a subaccount that is not recorded yet.
  const namesakes = await findSubaccounts(main, name)
  const accountSid = recorded ?? namesakes[0]?.sid
  const account = accountSid === undefined ? undefined : await fetchIfThere(main, accountSid)

  progress(`removing the config vars of ${appSpace}`)
  const removedVars = await removeVars(means, claim, {
    ...(account && {TWILIO_AUTH_TOKEN: account.authToken}),
    ...(phoneNumber && {TWILIO_PHONE_NUMBER: phoneNumber.e164}),
    ...(accountSid !== undefined && {TWILIO_SID: accountSid}),
  })
  const keptNumber = keepNumber && account ? await keep(means, account, phoneNumber) : undefined
  const sims = account ? await emptyOfSims(means, claim, account) : noSims

  const closing = new Set([...(accountSid === undefined ? [] : [accountSid]), ...namesakes.map(({sid}) => sid)])
  for (const sid of closing) {
    await claim.keep()
    progress(`closing ${sid}`)
    await closeSubaccount(main, sid)
  }
  await claim.remove()
  return {destroyed: true, appSpace, accountSid, removedVars, keptNumber, sims}
}

/** SIMs are the subaccount's own business: it must be active for that, and is made so if there is anything to be done. */
async function emptyOfSims(means: Means, claim: Claim<AddonRecord>, account: Account): Promise<SimsEnded> {
  if (account.status === 'closed') return noSims
  const {appSpace} = claim.record
  const sims = simMeansOf(means, appSpace, account)
  if (account.status === 'suspended') {
    if ((await sims.orders.list(appSpace)).length === 0) return noSims
    means.progress(`resuming ${account.sid}, so that its SIMs can be dealt with`)
    await resumeSubaccount(means.main, account.sid)
  }
  return endSims(sims, async () => claim.keep())
}

/** Removes what is ours and there. */
async function removeVars(means: Means, claim: Claim<AddonRecord>, ours: Partial<AddonVars>): Promise<string[]> {
  const {akkeris, warn} = means
  const {appSpace} = claim.record
  for (let tries = 1; ; tries++) {
    // An app that is gone has no config vars, which is no error.
    const vars = (await readConfigVarsIfThere(akkeris, appSpace)) ?? {}
    const changes = removals(vars, ours)
    if (Object.keys(changes).length === 0) {
      if (present(vars).length > 0)
        warn(`${present(vars).join(', ')} of ${appSpace} are not of this add-on and were left alone.`)
      return []
    }
    try {
      await claim.withTime(() => changeConfigVars(akkeris, appSpace, changes, {beforeEachTry: claim.requireTime}))
      return Object.keys(changes)
    } catch (error) {
      // 409 is also the answer to removing what somebody else has just removed: look again, once.
      if (!(error instanceof Failure && error.code === 'AKKERIS_REFUSED') || tries === 2) throw error
    }
  }
}

/** Moves the number (every number, where none is recorded yet) to the main account and sees it there. */
async function keep(
  {main, progress, warn}: Means,
  account: Account,
  recorded: HeldNumber | undefined,
): Promise<string | undefined> {
  if (account.status === 'closed') {
    const [inMain] = recorded ? await listNumbers(main, {e164: recorded.e164}) : []
    if (!inMain) warn('The subaccount was closed before, and its number with it: there is no number left to keep.')
    return inMain?.e164
  }
  if (account.status === 'suspended') {
    progress(`resuming ${account.sid}, so that its number can be moved`)
    await resumeSubaccount(main, account.sid)
  }
  const numbers = recorded ? [recorded] : await listNumbers(subaccount(main, account))
  for (const {sid, e164} of numbers) {
    progress(`moving ${e164} to the main account`)
    await moveToMain(main, {sid, e164, from: account.sid})
  }
  return numbers[0]?.e164
}
