import pLimit from 'p-limit'

import {allOf} from '../all-of.js'
import {ensureGroup} from '../carrier/ensure.js'
import {isNeverActivated, type Refusal, type Sim, type SimCarrier, type SimMessage} from '../carrier/port.js'
import {ourCommand} from '../command-line.js'
import {notFound} from '../errors.js'
import {sendOnce} from '../transport/idempotent.js'
import {createNetworkAccess, ipOf, simOf, smsOf, superSim} from '../twilio/sims/super-sim.js'
import type {KoreAccount} from './connect.js'
import {isMissing, koreCodes, KoreRefusal, refusedWith} from './errors.js'

/** How many SIMs are asked about at once. */
const atOnce = 8

/** What both sorts of carriers are made of. */
interface Options {
  readonly country: string
  /** Of the fleet for cards in stock, where a card cannot be without one. */
  readonly stockFleet: string
}

/** The SIMs of one app-space: those in its fleet. */
export function fleetCarrier(account: KoreAccount, fleet: string, options: Options): SimCarrier {
  const api = superSim(account)
  const ownFleet = async () => (await api.listGroups()).find(({name}) => name === fleet)
  const listSims: SimCarrier['listSims'] = async (only = {}) => {
    const group = await ownFleet()
    if (!group) return []
    return (await simsOf(account, {...only, fleet: group.sid})).filter((sim) => sim.group === group.sid)
  }
  const requireOwn = async (sim: Sim): Promise<Sim> => {
    if (sim.group !== undefined && sim.group === (await ownFleet())?.sid) return sim
    throw simNotFound(sim.sid)
  }
  return {
    ...common(account, options),
    owner: fleet,
    standardGroup: fleet,
    listSims,
    fetchSim: async (name) => requireOwn(await fetchSim(account, name)),
    listGroups: async (product) => (product === 'super-sim' ? [await ownFleet()].flatMap((each) => each ?? []) : []),
    async listMessages({sim, limit = 50, since} = {}) {
      if (sim) return newestFirst(await api.listMessages({sim: sim.sid, limit}), limit)
      const sims = await listSims()
      if (since === undefined) {
        const each = atOnceEach(sims, ({sid}) => api.listMessages({sim: sid, limit}))
        return newestFirst((await each).flat(), limit)
      }
      const own = new Set(sims.map(({sid}) => sid))
      const messages = await messagesSince(account, since)
      return newestFirst(
        messages.filter(({sim: sid}) => own.has(sid)),
        limit,
      )
    },
    async messageDates(since) {
      const dates = atOnceEach(await listSims(), ({sid}) => smsSince(account, {since, sim: sid}))
      return (await dates).flat().map(({createdAt}) => createdAt)
    },
  }
}

/** The cards that no app-space has: never activated, in no fleet or in that of the stock, and no eSIM's. */
export function stockCarrier(account: KoreAccount, options: Options): SimCarrier {
  const api = superSim(account)
  const stockSid = async () => (await api.listGroups()).find(({name}) => name === options.stockFleet)?.sid
  const isFree = ({group}: Sim, stock: string | undefined) => group === undefined || group === stock
  return {
    ...common(account, options),
    owner: '',
    standardGroup: options.stockFleet,
    async listSims(only = {}) {
      const [sims, stock, profiles] = await Promise.all([
        simsOf(account, {...only, neverActivated: true}),
        stockSid(),
        api.listProfiles(),
      ])
      const ofProfiles = new Set(profiles.map(({sim}) => sim))
      return sims.filter((sim) => isNeverActivated(sim) && isFree(sim, stock) && !ofProfiles.has(sim.sid))
    },
    async fetchSim(name) {
      const [sim, stock] = await Promise.all([fetchSim(account, name), stockSid()])
      if (isFree(sim, stock)) return sim
      throw simNotFound(name)
    },
    listGroups: async () => (await api.listGroups()).filter(({name}) => name === options.stockFleet),
    listMessages: async () => [],
  }
}

/** What does not depend on whose SIMs they are. */
function common(account: KoreAccount, options: Options) {
  const api = superSim(account)
  return {
    transport: account.transport,
    isShared: true,
    register: (card) => api.register(card),
    async move(sid: string, fleet: string, sending: Parameters<SimCarrier['move']>[2]) {
      if (fleet !== '') await moveTo(account, sid, fleet, sending)
      else await moveToStock(account, sid, {sending, options})
    },
    rename: (sim, name) => api.rename(sim.sid, name),
    activate: (sim, group) => api.activate(sim.sid, group),
    deactivate: (sim) => api.deactivate(sim.sid),
    prepareGroup: (_, {country}) => ensureNetworkAccess(account, country),
    createGroup: (_, group, prepared) => api.createGroup(group, prepared),
    listProfiles: () => api.listProfiles(),
    orderProfile: (eid, sending) => api.orderProfile(eid, sending),
    sendMessage: (message) => api.sendMessage(message),
    fetchMessage: (message) => api.fetchMessage(message),
    refusalOf,
  } satisfies Partial<SimCarrier>
}

/** The SIMs of the account, or of a fleet. */
async function simsOf(
  account: KoreAccount,
  {iccid, neverActivated, fleet}: {readonly iccid?: string; readonly neverActivated?: boolean; readonly fleet?: string},
): Promise<Sim[]> {
  const {v1} = await account.supersim()
  const only = {
    ...(fleet !== undefined && {fleet}),
    ...(iccid !== undefined && {iccid}),
    ...(neverActivated && {status: 'new' as const}),
  }
  const sims = (await v1.sims.list({pageSize: 1000, ...only})).map(simOf)
  return sims.filter(
    (sim) => (iccid === undefined || sim.iccid === iccid) && (!neverActivated || isNeverActivated(sim)),
  )
}

async function fetchSim(account: KoreAccount, name: string): Promise<Sim> {
  try {
    return await superSim(account).fetchSim(name)
  } catch (error) {
    if (isMissing(error)) throw simNotFound(name)
    throw error
  }
}

function simNotFound(name: string) {
  return notFound(
    'SIM_NOT_FOUND',
    `The app-space has no SIM ${name}.`,
    `SIMs: ${ourCommand('twilio:sims -a APP-SPACE')}`,
  )
}

async function moveTo(account: KoreAccount, sid: string, fleet: string, sending: Parameters<SimCarrier['move']>[2]) {
  return simOf(await (await account.supersim(sending)).v1.sims(sid).update({fleet}))
}

/** KORE does not say whether an empty fleet takes a SIM out of its fleet: it may be refused, or change nothing. */
async function moveToStock(
  account: KoreAccount,
  sid: string,
  {sending, options}: {readonly sending: Parameters<SimCarrier['move']>[2]; readonly options: Options},
): Promise<void> {
  const {stockFleet, country} = options
  try {
    if ((await moveTo(account, sid, '', sending)).group === undefined) return
  } catch (error) {
    if (!(error instanceof KoreRefusal) || error.outcome !== 'refused' || isMissing(error)) throw error
  }
  await ensureGroup(stockCarrier(account, options), 'super-sim', {name: stockFleet, country})
  await moveTo(account, sid, stockFleet, sending)
}

/** One for each country serves all fleets. */
async function ensureNetworkAccess(account: KoreAccount, country: string): Promise<string> {
  const name = `aka-twilio-${country}`
  const find = async () => {
    const profiles = await (await account.supersim()).v1.networkAccessProfiles.list({pageSize: 1000})
    return profiles.find(({uniqueName}) => uniqueName === name)?.sid
  }
  const there = await find()
  if (there !== undefined) return there
  const effect = `the network access profile ${name} was created`
  try {
    return await sendOnce(account.transport, {
      effect,
      send: async () => createNetworkAccess(account, {name, country}),
      find,
    })
  } catch (error) {
    // Another run was faster.
    const theirs = refusalOf(error) === undefined ? undefined : await find()
    if (theirs === undefined) throw error
    return theirs
  }
}

/** Of the whole account, by SMS and over IP: one request for each where a page holds them all. */
async function messagesSince(account: KoreAccount, since: Date): Promise<SimMessage[]> {
  const {v1} = await account.supersim()
  const ip = v1.ipCommands.page({pageSize: 1000})
  const all = await Promise.all([smsSince(account, {since}), pagesSince(ip, since, ipOf)])
  return all.flat()
}

async function smsSince(account: KoreAccount, {since, sim}: {since: Date; sim?: string}): Promise<SimMessage[]> {
  const {v1} = await account.supersim()
  return pagesSince(v1.smsCommands.page({pageSize: 1000, ...(sim !== undefined && {sim})}), since, smsOf)
}

/** Every SIM of the account, with the name of its fleet. */
export async function simsWithFleets(
  account: KoreAccount,
): Promise<{readonly sim: Sim; readonly fleet: string | undefined}[]> {
  const [fleets, sims] = await Promise.all([superSim(account).listGroups(), simsOf(account, {})])
  const names = new Map(fleets.map(({sid, name}) => [sid, name]))
  return sims.map((sim) => ({sim, fleet: sim.group === undefined ? undefined : (names.get(sim.group) ?? sim.group)}))
}

/** Of the whole account, by the name of the fleet: three lists, however many fleets there are. */
export async function messageDatesByFleet(account: KoreAccount, since: Date): Promise<Map<string, Date[]>> {
  const [sims, messages] = await Promise.all([simsWithFleets(account), smsSince(account, {since})])
  const fleetOf = new Map(sims.map(({sim, fleet}) => [sim.sid, fleet]))
  const dates = new Map<string, Date[]>()
  for (const {sim, createdAt} of messages) {
    const fleet = fleetOf.get(sim)
    if (fleet !== undefined) dates.set(fleet, [...(dates.get(fleet) ?? []), createdAt])
  }
  return dates
}

interface Page<Instance> {
  readonly instances: readonly Instance[]
  nextPage(): Promise<Page<Instance>> | undefined
}

/** From the newest back, as far as needed: there is no filter by date. */
async function pagesSince<Instance>(
  first: Promise<Page<Instance>>,
  since: Date,
  messageOf: (instance: Instance) => SimMessage,
): Promise<SimMessage[]> {
  const messages: SimMessage[] = []
  let page: Page<Instance> | undefined = await first
  while (page) {
    messages.push(...page.instances.map(messageOf))
    const oldest = messages.at(-1)
    page = oldest && oldest.createdAt >= since ? await page.nextPage() : undefined
  }
  return messages.filter(({createdAt}) => createdAt >= since)
}

async function atOnceEach<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>) {
  const limit = pLimit(atOnce)
  return allOf(items.map((item) => limit(() => work(item))))
}

function newestFirst(messages: readonly SimMessage[], limit: number): SimMessage[] {
  return messages.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime()).slice(0, limit)
}

function refusalOf(error: unknown): Refusal | undefined {
  if (refusedWith(error, koreCodes.alreadyYours)) return 'already registered'
  if (refusedWith(error, koreCodes.nameTaken)) return 'name taken'
  if (isMissing(error)) return 'not found'
  return error instanceof KoreRefusal && error.outcome === 'refused' ? 'other' : undefined
}
