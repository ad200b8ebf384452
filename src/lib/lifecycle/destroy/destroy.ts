import type {AddonContext} from '../../addon/context.js'
import {type AddonRecord, type DestroyIntent, subaccountName} from '../../addon/record.js'
import {noteSubaccounts} from '../../addon/subaccount-room.js'
import {findPlatformTwilio} from '../../akkeris/addons.js'
import {carriers} from '../../carrier/service.js'
import {keepForInvoices} from '../../invoice/destroyed.js'
import {keepNumbers} from '../../number/keep.js'
import type {Lease} from '../../registry/lease.js'
import {restartIfLeaseLost, runOperation} from '../../registry/operation.js'
import {simContextIfAny} from '../../sims/context.js'
import {type SimTeardown, tearDownSims} from '../../sims/teardown.js'
import {type Account, ensureAccountStatus, fetchAccountIfExists, findSubaccounts} from '../../twilio/accounts.js'
import {acquireDestroyLease, type DestroyRequest, requireMayTransfer} from './lease.js'
import {removeVars} from './remove-vars.js'

export interface Destroyed {
  /** False when there was nothing left to destroy. */
  readonly destroyed: boolean
  readonly appSpace: string
  readonly accountSid: string | undefined
  readonly removedVars: readonly string[]
  /** The add-on's own number, where it is now in the main account, E.164. */
  readonly keptNumber: string | undefined
  /** All that are; the add-on's own first. */
  readonly keptNumbers: readonly string[]
  readonly sims: SimTeardown
}

const noSims: SimTeardown = {toStock: [], deactivated: [], cancelledOrders: []}

/**
 * Destroys an add-on: config vars, then the number that is to be kept, then the subaccount, then the registry's item. Every
 * step looks first, so that it can be repeated after any interruption.
 */
export async function destroy(context: AddonContext, request: DestroyRequest): Promise<Destroyed> {
  const {appSpace, keepNumber} = request
  if (keepNumber) requireMayTransfer(context.main)
  return restartIfLeaseLost(async () => {
    const lease = await context.progress(`checking ${appSpace} and the main account`, () =>
      acquireDestroyLease(context, request),
    )
    if (!lease) {
      await warnOfPlatformTwilio(context, appSpace)
      return {
        destroyed: false,
        appSpace,
        accountSid: undefined,
        removedVars: [],
        keptNumber: undefined,
        keptNumbers: [],
        sims: noSims,
      }
    }
    return runOperation(lease, {
      steps: () => destroyUnderLease(context, lease),
      commit: () => lease.remove(),
      resume: () => ['What was done stays done: run the same command again to resume.'],
    })
  })
}

/** Somebody who has the platform's own would take "nothing is left" for its end. */
async function warnOfPlatformTwilio({akkeris, warn}: AddonContext, appSpace: string): Promise<void> {
  const platforms = await findPlatformTwilio(akkeris, appSpace).catch(() => undefined)
  if (!platforms) return
  const {name, plan} = platforms
  warn(`The platform's own Twilio add-on, ${name} (${plan}), is still there: aka addons:destroy ${name} -a ${appSpace}`)
}

async function destroyUnderLease(context: AddonContext, lease: Lease<AddonRecord>): Promise<Destroyed> {
  const {main, progress} = context
  const {appSpace, phoneNumber} = lease.record
  if (!destroyIntent(lease.record).neverReady) await keepForInvoices(context, lease.record)
  const {accountSid, account, sids} = await findAccounts(context, lease.record)

  const vars = {
    ...(account && {TWILIO_AUTH_TOKEN: account.authToken}),
    ...(phoneNumber && {TWILIO_PHONE_NUMBER: phoneNumber.e164}),
    ...(accountSid !== undefined && {TWILIO_SID: accountSid}),
  }
  const removedVars = await progress(`removing the config vars of ${appSpace}`, () => removeVars(context, lease, vars))
  const keptNumbers = account ? await keepNumbers(context, account, phoneNumber, destroyIntent(lease.record)) : []
  const sims = account ? await emptyOfSims(context, lease, account) : noSims
  for (const sid of sids) {
    await lease.renew()
    await progress(`closing ${sid}`, () => ensureAccountStatus(main, sid, 'closed'))
    if (sid !== accountSid || (account && account.status !== 'closed')) await noteSubaccounts(context.subaccounts, -1)
  }
  const isOwn = (e164: string) => phoneNumber === undefined || e164 === phoneNumber.e164
  return {destroyed: true, appSpace, accountSid, removedVars, keptNumber: keptNumbers.find(isOwn), keptNumbers, sims}
}

function destroyIntent({intent}: AddonRecord): DestroyIntent {
  if (intent.operation === 'destroy') return intent
  throw new Error(`an add-on that is destroyed with the intent to ${intent.operation}`)
}

/** An interrupted run may have created a subaccount that is not recorded yet. */
async function findAccounts({main, registry, akkeris}: AddonContext, {appSpace, accountSid: recorded}: AddonRecord) {
  const name = subaccountName({registry: registry.name, host: akkeris.host, appSpace})
  const sameName = (await findSubaccounts(main, name)).map(({sid}) => sid)
  const accountSid = recorded ?? sameName[0]
  const account = accountSid === undefined ? undefined : await fetchAccountIfExists(main, accountSid)
  return {accountSid, account, sids: new Set([...(accountSid === undefined ? [] : [accountSid]), ...sameName])}
}

/** Where SIMs are the subaccount's own business, it must be active for that, and is resumed if there is anything to be done. */
async function emptyOfSims(context: AddonContext, lease: Lease<AddonRecord>, account: Account): Promise<SimTeardown> {
  const {appSpace, simCarrier = 'twilio'} = lease.record
  const isClosed = account.status === 'closed' && carriers[simCarrier].isInSubaccount
  const sims = isClosed ? undefined : await simContextIfAny(context, lease.record, account)
  if (!sims) return noSims
  if (account.status === 'suspended' && carriers[sims.service.name].isInSubaccount) {
    if ((await sims.orders.list(appSpace)).length === 0) return noSims
    await context.progress(`resuming ${account.sid}, so that its SIMs can be dealt with`, () =>
      ensureAccountStatus(context.main, account.sid, 'active'),
    )
  }
  return tearDownSims(sims, async () => lease.renew())
}
