import type {ESimProfile, Sim} from '../../src/lib/carrier/port.js'
import type {OrderRecord} from '../../src/lib/sims/order.js'

/** A card that was never activated. */
export function sim(number: number, changes: Partial<Sim> = {}): Sim {
  const iccid = `8988307000${String(number).padStart(10, '0')}`
  return {sid: `HS${number}`, product: 'super-sim', iccid, name: undefined, status: 'new', group: undefined, ...changes}
}

/** An eSIM profile that is on its way. */
export function profile(number: number, changes: Partial<ESimProfile> = {}): ESimProfile {
  return {
    sid: `HP${number}`,
    status: 'reserving',
    eid: undefined,
    sim: undefined,
    iccid: undefined,
    activationCode: undefined,
    problem: undefined,
    createdAt: new Date('2026-03-01'),
    ...changes,
  }
}

/** An order of one card that waits for the administrator. */
export function order(changes: Partial<OrderRecord> = {}): OrderRecord {
  return {
    v: 1,
    nonce: 'run.1',
    order: 'ord-a',
    appSpace: 'api-default',
    host: 'apps.example.com',
    accountSid: 'AC1',
    kind: 'card',
    quantity: 1,
    eids: [],
    state: 'waiting',
    stock: [],
    profiles: [],
    iccids: [],
    createdAt: '2026-03-01T12:00:00.000Z',
    ...changes,
  }
}
