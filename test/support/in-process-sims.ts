import {AddonRegistry} from '../../src/lib/addon/addon-registry.js'
import type {AddonContext} from '../../src/lib/addon/context.js'
import type {AddonRecord} from '../../src/lib/addon/record.js'
import type {CarrierName} from '../../src/lib/carrier/service.js'
import {connectKore} from '../../src/lib/kore/connect.js'
import {koreSims} from '../../src/lib/kore/service.js'
import {type SimContext, simContextOf} from '../../src/lib/sims/context.js'
import {type Placed, placeOrder} from '../../src/lib/sims/place-order.js'
import {twilioSims} from '../../src/lib/twilio/sims/service.js'
import {addCard} from '../../src/sandbox/server/cards.js'
import {type InProcess, startInProcess} from './in-process.js'
import {type Book, bookOf} from './sims.js'

/** An app-space with an add-on in this process, and the SIM cards in stock that the test asks for. */
export interface SimsInProcess extends InProcess {
  /** Of api-default. */
  readonly sims: SimContext
  /** What a person was told. */
  readonly progress: readonly string[]
  readonly warnings: readonly string[]
  readonly book: (appSpace?: string) => Promise<Book>
  /** The same for one more add-on. */
  readonly addAddon: (appSpace: string) => Promise<SimContext>
  readonly changeAddon: (changes: Partial<AddonRecord>) => Promise<void>
}

/** Places an order, and says that whoever ordered was told. */
export async function placeAndReport(...order: Parameters<typeof placeOrder>): Promise<Placed> {
  const placed = await placeOrder(...order)
  await placed.release({isReported: true})
  return placed
}

/** The carriers that the rules about SIMs are the same for. */
export const bothCarriers = ['twilio', 'kore'] as const

export async function startSimsInProcess({
  stock = 0,
  wait = true,
  carrier = 'twilio',
}: {readonly stock?: number; readonly wait?: boolean; readonly carrier?: CarrierName} = {}): Promise<SimsInProcess> {
  const world = await startInProcess()
  const {sandbox, main, akkeris, transport} = world
  await sandbox.change((state, now) => {
    state.superSims = []
    state.wirelessSims = []
    for (let count = 0; count < stock; count++) addCard(state, now, 'supersim')
  })
  const progress: string[] = []
  const warnings: string[] = []
  const registry = new AddonRegistry(main, 'aka-twilio')
  const context: AddonContext = {
    main,
    registry,
    akkeris,
    simService: async () => {
      if (carrier === 'twilio') return twilioSims(main, 'US')
      const {kore} = await sandbox.credentials()
      return koreSims(connectKore(kore, {transport, endpoint: undefined}), {source: 'the test', country: 'US'})
    },
    waiting: {wait, onWait: (sentence) => void progress.push(sentence)},
    progress: (doing, work) => {
      progress.push(doing)
      return work()
    },
    warn: (sentence) => void warnings.push(sentence),
    subaccounts: {limit: () => 1000, keptIn: undefined},
  }
  const addAddon = async (appSpace: string) => {
    const {sid, authToken} = await (await main.api()).v2010.accounts.create({friendlyName: appSpace})
    const record = {
      v: 1,
      appSpace,
      host: akkeris.host,
      plan: 'small',
      state: 'ready',
      intent: {operation: 'create', plan: 'small', country: 'US', type: 'local'},
      accountSid: sid,
      reservations: [],
      createdAt: '2026-03-01T12:00:00.000Z',
    } as const
    const created = await registry.create(record, Promise.resolve())
    if (!created) throw new Error(`${appSpace} is there already`)
    return simContextOf(context, created.record, {sid, authToken})
  }
  return {
    ...world,
    sims: await addAddon('api-default'),
    progress,
    warnings,
    addAddon,
    book: (appSpace) => sandbox.read((state) => structuredClone(bookOf(state, appSpace))),
    async changeAddon(changes) {
      const entry = await registry.read('api-default')
      if (entry) await registry.update(entry, {...entry.record, ...changes})
    },
  }
}
