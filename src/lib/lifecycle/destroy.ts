import {changeConfigVars, readConfigVarsIfThere} from '../akkeris/config-vars.js'
import {conflict, Failure} from '../errors.js'
import {findSubaccounts, type Account} from '../twilio/accounts.js'
import {fetchIfThere} from './create/acquire.js'
import {Lease, waitUntilReleased} from '../registry/lease.js'
import {LeaseLost} from '../registry/items.js'
import {closeSubaccount, resumeSubaccount} from '../addon/give-back.js'
import {requireSameHost} from './create/request.js'
import {keepingOf, keepNumbers} from '../number/keep.js'
import {checkMainAccount, requireAuthToken} from '../addon/main-account.js'
import type {AddonContext} from '../addon/context.js'
import {subaccountName, type AddonRecord, type DestroyIntent} from '../addon/record.js'
import {teardownInWords, tearDownSims, planTeardown, type SimTeardown} from '../sims/teardown.js'
import {simContextOf} from '../sims/context.js'
import {present, removals, type AddonVars} from '../addon/vars.js'

export interface DestroyRequest {
  readonly appSpace: string
  readonly keepNumber: boolean
}

export interface Destroyed {
  /** False when there was nothing left to destroy. */
  readonly destroyed: boolean
  readonly appSpace: string
  readonly accountSid: string | undefined
  readonly removedVars: readonly string[]
  /** Numbers that are now in the main account, E.164; the add-on's own first. */
  readonly keptNumbers: readonly string[]
  readonly sims: SimTeardown
}

const noSims: SimTeardown = {toStock: [], deactivated: [], cancelledOrders: []}

/**
 * Ends an add-on: config vars, then the number that is to be kept, then the subaccount, then the registry's item. Every
 * step looks first, so that it can be repeated after any interruption.
 */
export async function destroy(context: AddonContext, ask: DestroyRequest): Promise<Destroyed> {
  const {main, registry, akkeris, progress, waiting} = context
  const {appSpace, keepNumber} = ask
  if (keepNumber) requireAuthToken(main, 'move a number out of a subaccount')

  progress(`looking at ${appSpace} and the main account`)
  const precondition = (record: AddonRecord) => requireSameHost(record, akkeris.host, registry.name)
  for (let attempt = 1; ; attempt++) {
    const [, , entry] = await Promise.all([
      checkMainAccount(main),
      readConfigVarsIfThere(akkeris, appSpace),
      waitUntilReleased(registry, appSpace, {...waiting, precondition}),
    ])
    try {
      if (entry) {
        const intent = keepingOf(entry.record, keepNumber)
        if (intent.keepNumber || intent.alsoKeep) requireAuthToken(main, 'move a number out of a subaccount')
        return await end(context, await Lease.take(registry, entry, {state: 'destroying', intent}), intent)
      }
      const orphan = await claimOrphan(context, ask)
      if (!orphan)
        return {
          destroyed: false,
          appSpace,
          accountSid: undefined,
          removedVars: [],
          keptNumbers: [],
          sims: noSims,
        }
      return await end(context, orphan, {operation: 'destroy', keepNumber})
    } catch (error) {
      if (!(error instanceof LeaseLost) || attempt === 5) throw error
    }
  }
}

/** What destroying the add-on does to its SIMs and their orders, as far as it can be told; nothing where there are none. */
export async function simsInWords(context: AddonContext, appSpace: string): Promise<string[]> {
  try {
    const {accountSid} = (await context.registry.read(appSpace))?.record ?? {}
    const account = accountSid === undefined ? undefined : await fetchIfThere(context.main, accountSid)
    return account?.status === 'active'
      ? teardownInWords(await planTeardown(simContextOf(context, appSpace, account)))
      : []
  } catch (error) {
    // Only to be told: what is wrong shows when it is done, or another run has just done it.
    if (error instanceof Failure && error.outcome !== 'interrupted') return []
    throw error
  }
}

/** A subaccount of the app-space's name without an item, as a run leaves it that lost its claim while it slept. */
async function claimOrphan(
  {main, registry, akkeris}: AddonContext,
  {appSpace, keepNumber}: DestroyRequest,
): Promise<Lease<AddonRecord> | undefined> {
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
  const lease = await Lease.create(registry, record, Promise.resolve())
  if (!lease) throw new LeaseLost(appSpace)
  return lease
}

async function end(context: AddonContext, lease: Lease<AddonRecord>, keeping: DestroyIntent): Promise<Destroyed> {
  try {
    return await endAll(context, lease, keeping)
  } catch (error) {
    if (error instanceof LeaseLost) throw error
    await lease.release().catch(() => undefined)
    if (!(error instanceof Failure)) throw error
    throw error.withSuggestions('What was done stays done: run the same command again to go on.')
  }
}

async function endAll(context: AddonContext, lease: Lease<AddonRecord>, keeping: DestroyIntent): Promise<Destroyed> {
  const {main, registry, akkeris, progress} = context
  const {appSpace, accountSid: recorded, phoneNumber} = lease.record
  const name = subaccountName({registry: registry.name, host: akkeris.host, appSpace})
  // A run that was cut short may have made a subaccount that is not recorded yet.
  const sameName = await findSubaccounts(main, name)
  const accountSid = recorded ?? sameName[0]?.sid
  const account = accountSid === undefined ? undefined : await fetchIfThere(main, accountSid)

  progress(`removing the config vars of ${appSpace}`)
  const removedVars = await removeVars(context, lease, {
    ...(account && {TWILIO_AUTH_TOKEN: account.authToken}),
    ...(phoneNumber && {TWILIO_PHONE_NUMBER: phoneNumber.e164}),
    ...(accountSid !== undefined && {TWILIO_SID: accountSid}),
  })
  const keptNumbers = account ? await keepNumbers(context, account, phoneNumber, keeping) : []
  const sims = account ? await emptyOfSims(context, lease, account) : noSims

  const closing = new Set([...(accountSid === undefined ? [] : [accountSid]), ...sameName.map(({sid}) => sid)])
  for (const sid of closing) {
    await lease.renew()
    progress(`closing ${sid}`)
    await closeSubaccount(main, sid)
  }
  await lease.remove()
  return {destroyed: true, appSpace, accountSid, removedVars, keptNumbers, sims}
}

/** SIMs are the subaccount's own business: it must be active for that, and is made so if there is anything to be done. */
async function emptyOfSims(context: AddonContext, lease: Lease<AddonRecord>, account: Account): Promise<SimTeardown> {
  if (account.status === 'closed') return noSims
  const {appSpace} = lease.record
  const sims = simContextOf(context, appSpace, account)
  if (account.status === 'suspended') {
    if ((await sims.orders.list(appSpace)).length === 0) return noSims
    context.progress(`resuming ${account.sid}, so that its SIMs can be dealt with`)
    await resumeSubaccount(context.main, account.sid)
  }
  return tearDownSims(sims, async () => lease.renew())
}

/** Removes what is ours and there. */
async function removeVars(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  ours: Partial<AddonVars>,
): Promise<string[]> {
  const {akkeris, warn} = context
  const {appSpace} = lease.record
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
      await lease.withTime(() => changeConfigVars(akkeris, appSpace, changes, {beforeEachTry: lease.requireTime}))
      return Object.keys(changes)
    } catch (error) {
      // 409 is also the answer to removing what somebody else has just removed: look again, once.
      if (!(error instanceof Failure && error.code === 'AKKERIS_REFUSED') || tries === 2) throw error
    }
  }
}
