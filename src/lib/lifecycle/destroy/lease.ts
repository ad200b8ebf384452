import type {AddonContext} from '../../addon/context.js'
import {requireSameHost} from '../../addon/host.js'
import {checkMainAccount, requireAuthToken} from '../../addon/main-account.js'
import {type AddonRecord, subaccountName} from '../../addon/record.js'
import {readConfigVarsIfThere} from '../../akkeris/config-vars.js'
import {underWay} from '../../all-of.js'
import {conflict} from '../../errors.js'
import {keepingOf} from '../../number/keep.js'
import {acquireLease} from '../../registry/acquire-lease.js'
import {LeaseLost} from '../../registry/items.js'
import {Lease} from '../../registry/lease.js'
import {requireCarrier} from '../../sims/context.js'
import {type Account, findSubaccounts} from '../../twilio/accounts.js'
import type {TwilioAccount} from '../../twilio/connect.js'

export interface DestroyRequest {
  readonly appSpace: string
  readonly keepNumber: boolean
}

/** A lease on the item, with what is to be done in it; undefined when there is nothing of the app-space left. */
export async function acquireDestroyLease(
  context: AddonContext,
  {appSpace, keepNumber}: DestroyRequest,
): Promise<Lease<AddonRecord> | undefined> {
  const {main, registry, akkeris, waiting} = context
  const checks = underWay(Promise.all([checkMainAccount(main), readConfigVarsIfThere(akkeris, appSpace)]))
  const lease = await acquireLease(registry, appSpace, {
    ...waiting,
    async precondition(record) {
      await checks
      await requireDestroyable(context, record, keepNumber)
    },
    changes: (record): Partial<AddonRecord> => ({state: 'destroying', intent: keepingOf(record, keepNumber)}),
  })
  await checks
  return lease ?? acquireOrphan(context, {appSpace, keepNumber})
}

/** @throws {Failure} what stands in the way of destroying the add-on. */
export async function requireDestroyable(
  context: AddonContext,
  record: AddonRecord,
  keepNumber: boolean,
): Promise<void> {
  requireSameHost(record, context)
  await requireCarrier(context, record)
  const {keepNumber: keeps, alsoKeep} = keepingOf(record, keepNumber)
  if (keeps || alsoKeep) requireMayTransfer(context.main)
}

/**
 * A subaccount of the app-space's name without an item, as a run leaves it that lost its lease while it slept.
 * @throws {Failure} `conflict` where there are several
 */
export async function findOrphan(
  {main, registry, akkeris}: AddonContext,
  appSpace: string,
): Promise<Account | undefined> {
  const name = subaccountName({registry: registry.name, host: akkeris.host, appSpace})
  const [orphan, ...others] = await findSubaccounts(main, name)
  if (!orphan || others.length === 0) return orphan
  throw conflict(
    'MULTIPLE_SUBACCOUNTS',
    `There are several subaccounts named "${name}": ${[orphan, ...others].map(({sid}) => sid).join(', ')}.`,
    'Look at them in https://console.twilio.com and close them there.',
  )
}

async function acquireOrphan(
  context: AddonContext,
  {appSpace, keepNumber}: DestroyRequest,
): Promise<Lease<AddonRecord> | undefined> {
  const {registry, akkeris} = context
  const orphan = await findOrphan(context, appSpace)
  if (!orphan) return undefined
  const lease = await Lease.create(registry, {
    v: 1,
    appSpace,
    host: akkeris.host,
    plan: 'small',
    state: 'destroying',
    intent: {operation: 'destroy', keepNumber, neverReady: true},
    accountSid: orphan.sid,
    reservations: [],
    createdAt: new Date().toISOString(),
  })
  if (!lease) throw new LeaseLost(appSpace)
  return lease
}

export function requireMayTransfer(main: TwilioAccount): void {
  requireAuthToken(main, 'move a number out of a subaccount')
}
