import type {AddonContext} from '../addon/context.js'
import {requireActive, requireReady, requireRecord} from '../addon/info.js'
import {acquireAddonLease} from '../addon/lease.js'
import type {AddonRecord} from '../addon/record.js'
import {ensureMoved, ensureOwner} from '../carrier/ensure.js'
import {type ESimProfile, isChanging, type Sim} from '../carrier/port.js'
import {type CarrierName, carriers, type SharedSim, type SimService} from '../carrier/service.js'
import {ourCommand} from '../command-line.js'
import {conflict, type Failure, temporary} from '../errors.js'
import {guardOf} from '../registry/lease.js'
import {runOperation} from '../registry/operation.js'
import {listOf} from '../text.js'
import {carrierMismatch, recordedCarrier, type SimContext, simContextAt} from './context.js'
import {isOutstanding, type OrderRecord} from './order.js'
import {withStockLock} from './stock.js'

export interface MigrationRequest {
  readonly appSpace: string
  readonly to: CarrierName
  /** Who had the SIMs. */
  readonly from: () => Promise<SimService>
  /** Whether SIMs that the new carrier does not have may stay behind: they are no longer counted then. */
  readonly leaveMissing: boolean
}

/** A SIM that is at the new carrier. */
interface MigratedSim {
  readonly sim: Sim
  /** The name of the fleet that it is in there, until it is moved. */
  readonly fleet: string | undefined
}

export interface Migration {
  readonly appSpace: string
  /** Undefined where the add-on never had a SIM. */
  readonly from: CarrierName | undefined
  readonly to: CarrierName
  /** To the add-on's own fleet. */
  readonly toMove: readonly MigratedSim[]
  /** In that already. */
  readonly inPlace: readonly Sim[]
  /** With the former carrier alone. */
  readonly missing: readonly Sim[]
}

/**
 * What migrating the SIMs of an add-on would do: cards that moved to another carrier are the same cards there, by their ICCID.
 * @throws {Failure} `conflict` while orders are open, for SIMs that are not there or are another add-on's there
 */
export async function planMigration(context: AddonContext, request: MigrationRequest): Promise<Migration> {
  const record = await requireRecord(context, request.appSpace)
  requireReady(record)
  const {migration} = await plan(context, record, request)
  return migration
}

/**
 * Moves them to the add-on's fleet at the new carrier, and writes down that they are there; nothing is changed at the former one. The lease
 * keeps others from ordering meanwhile. Interrupted, it goes on with what is left when it is run again.
 * @throws {Failure} as `planMigration`
 */
export async function migrateSims(context: AddonContext, request: MigrationRequest): Promise<Migration> {
  const lease = await acquireAddonLease(context, request.appSpace)
  return runOperation(lease, {
    async steps() {
      const {migration, at} = await plan(context, lease.record, request)
      const {to, toMove} = migration
      if (toMove.length > 0) {
        await ensureOwner(at.sims, at.service.country)
        // Cards that were never activated are in stock there, where another order could take them.
        await withStockLock(at, async (lock) => {
          for (const {sim} of toMove) {
            await lease.renew()
            const step = `moving ${sim.iccid} to the fleet of ${request.appSpace} at ${carriers[to].title}`
            const guard = guardOf(lock, lease)
            await context.progress(step, async () => ensureMoved(sim, {stock: at.stock, to: at.sims, guard}))
          }
        })
      }
      if (changesAnything(migration)) await lease.save({simCarrier: to})
      return migration
    },
    warn: context.warn,
    resume: () => [`To resume: ${ourCommand(sameCommand(request))}`],
  })
}

function sameCommand({appSpace, to, leaveMissing}: MigrationRequest): string {
  return `twilio:sims:migrate -a ${appSpace} --to ${to}${leaveMissing ? ' --leave-missing' : ''}`
}

export function changesAnything({from, to, toMove, inPlace}: Migration): boolean {
  return from !== to && (from !== undefined || toMove.length + inPlace.length > 0)
}

async function plan(context: AddonContext, record: AddonRecord, request: MigrationRequest) {
  const {appSpace, to} = request
  const [service, account] = await Promise.all([context.simService(), requireActive(context, record)])
  if (service.name !== to || !service.listShared) throw notChosen(to, service.name)
  const at = simContextAt(context, {record, account, service})
  const orders = (await at.orders.list(appSpace)).map((entry) => entry.record)
  const from = recordedCarrier(record, orders)
  const nothing = {appSpace, from, to, toMove: [], inPlace: [], missing: []}
  if (from === to) return {at, migration: {...nothing, inPlace: await at.sims.listSims()}}

  const open = orders.filter(isOutstanding)
  if (open.length > 0) throw ordersOpen(appSpace, open)
  const former = await request.from()
  if (from !== undefined && from !== former.name) throw carrierMismatch(appSpace, from, former.name)
  const before = simContextAt(context, {record, account, service: former})
  const [held, shared] = await Promise.all([simsAt(before), service.listShared()])
  const known = held ?? simsOfOrders({shared, profiles: await at.sims.listProfiles()}, orders)
  const there = new Map(shared.map((each) => [each.sim.iccid, each]))
  const matched = known.flatMap(({iccid}) => there.get(iccid) ?? [])
  const missing = known.filter(({iccid}) => !there.has(iccid))
  const inPlace = matched.filter(({fleet}) => fleet === at.sims.owner).map(({sim}) => sim)
  const toMove = matched.filter(({fleet}) => fleet !== at.sims.owner)
  const taken = toMove.filter(({isAddons}) => isAddons)
  if (taken.length > 0) throw othersHave(appSpace, to, taken)
  if (missing.length > 0 && !request.leaveMissing) throw notThere(appSpace, {from: former.name, to, missing})
  const unready = toMove.filter(({sim}) => isChanging(sim))
  if (unready.length > 0) throw changing(unready)
  return {at, migration: {...nothing, toMove: toMove.map(({sim, fleet}) => ({sim, fleet})), inPlace, missing}}
}

/** Undefined where the former carrier no longer serves the account. */
async function simsAt({sims}: SimContext): Promise<readonly Sim[] | undefined> {
  try {
    return await sims.listSims()
  } catch (error) {
    if (sims.refusalOf(error) === 'not served') return undefined
    throw error
  }
}

/** Those that the add-on's orders name, for when the former carrier can no longer be asked. */
export function simsOfOrders(
  {shared, profiles}: {readonly shared: readonly SharedSim[]; readonly profiles: readonly ESimProfile[]},
  orders: readonly Pick<OrderRecord, 'iccids' | 'stock' | 'profiles'>[],
): readonly Sim[] {
  const iccids = new Set(orders.flatMap((order) => order.iccids))
  const ordered = new Set(orders.flatMap((order) => order.profiles))
  const ofProfiles = profiles.filter(({sid}) => ordered.has(sid)).map(({sim}) => sim)
  const sids = new Set<string | undefined>([...orders.flatMap(({stock}) => stock), ...ofProfiles])
  return shared.map(({sim}) => sim).filter(({sid, iccid}) => iccids.has(iccid) || sids.has(sid))
}

function notChosen(to: CarrierName, chosen: CarrierName): Failure {
  return conflict(
    'SIM_CARRIER_MISMATCH',
    `SIMs can be migrated only to the chosen carrier, which is ${carriers[chosen].title}.`,
    `To choose ${carriers[to].title}: ${ourCommand(`twilio:settings set sim-carrier ${to}`)}`,
  )
}

function ordersOpen(appSpace: string, open: readonly OrderRecord[]): Failure {
  const orders = listOf(
    open.map(({order, state}) => `${order} (${state})`),
    'and',
  )
  return conflict(
    'ORDERS_OPEN',
    `${appSpace} has orders of SIMs that are not complete: ${orders}.`,
    `Complete or cancel them first: ${ourCommand(`twilio:sims:orders -a ${appSpace}`)}`,
  )
}

function othersHave(appSpace: string, to: CarrierName, taken: readonly SharedSim[]): Failure {
  const fleets = taken.map(({sim, fleet}) => `${sim.iccid} in ${fleet ?? ''}`)
  return conflict(
    'SIM_OF_ANOTHER_ADDON',
    `SIMs of ${appSpace} are in the fleets of other add-ons at ${carriers[to].title}: ${listOf(fleets, 'and')}.`,
    `Remove them from their fleets in the console of ${carriers[to].title}, or find out which add-on has them, then run this again.`,
  )
}

function notThere(
  appSpace: string,
  {from, to, missing}: {readonly from: CarrierName; readonly to: CarrierName; readonly missing: readonly Sim[]},
): Failure {
  const sims = missing.map(({iccid, status}) => `${iccid} (${status})`)
  return conflict(
    'SIMS_NOT_MIGRATED',
    `${sims.length} of the SIMs of ${appSpace} at ${carriers[from].title} are not at ${carriers[to].title}: ${listOf(sims, 'and')}.`,
    `Ask ${carriers[to].title} to take them over, then run this again.`,
    'To leave them behind, where they are no longer counted: add --leave-missing.',
  )
}

function changing(unready: readonly SharedSim[]): Failure {
  const sims = listOf(
    unready.map(({sim}) => sim.iccid),
    'and',
  )
  return temporary('SIM_STATUS_PENDING', `The status of ${sims} is being changed.`, 'Run this again in a minute.')
}
