import type {Product, Refusal, SimCarrier} from '../../carrier/port.js'
import {ourCommand} from '../../command-line.js'
import {notFound} from '../../errors.js'
import type {TwilioAccount} from '../connect.js'
import {isMissing, refusedWith, simsNotServed, twilioCodes, TwilioRefusal} from '../errors.js'
import {superSim} from './super-sim.js'
import {wireless} from './wireless.js'

/** Twilio's Super SIM and Programmable Wireless, as one. A SIM tells by its SID which of them it belongs to. */
export function twilioCarrier(account: TwilioAccount): SimCarrier {
  const [newer, older] = [superSim(account), wireless(account)]
  const of = (product: Product) => (product === 'super-sim' ? newer : older)
  const ofSid = (sid: string) => of(sid.startsWith('DE') ? 'wireless' : 'super-sim')

  return {
    transport: account.transport,
    owner: account.sid,
    standardGroup: 'aka-twilio',
    isShared: false,
    async listSims(only = {}) {
      // An account that never had Programmable Wireless may not be let near it.
      const both = await Promise.all([newer.listSims(only), older.listSims(only).catch(noneIfNotServed)])
      return both.flat()
    },
    async fetchSim(name) {
      const isSid = /^(HS|DE)[0-9a-f]{32}$/i.test(name)
      const first = await (isSid ? ofSid(name) : newer).fetchSim(name).catch(noneIfMissing)
      const sim = first ?? (isSid ? undefined : await older.fetchSim(name).catch(noneIfMissing))
      if (sim) return sim
      throw notFound(
        'SIM_NOT_FOUND',
        `There is no SIM ${name} in the subaccount.`,
        `SIMs: ${ourCommand('twilio:sims -a APP-SPACE')}`,
      )
    },
    register: (card) => newer.register(card),
    move: (sim, accountSid, sending) => ofSid(sim).move(sim, accountSid, sending),
    rename: (sim, name) => of(sim.product).rename(sim.sid, name),
    activate: (sim, group) => of(sim.product).activate(sim.sid, group),
    deactivate: (sim) => of(sim.product).deactivate(sim.sid),
    listGroups: (product) => (product === 'wireless' ? older.listGroups().catch(noneIfNotServed) : newer.listGroups()),
    prepareGroup: (product, group) => of(product).prepareGroup(group),
    createGroup: (product, group, prepared) => of(product).createGroup(group, prepared),
    listProfiles: () => newer.listProfiles(),
    orderProfile: (eid, sending) => newer.orderProfile(eid, sending),
    sendMessage: (message) => of(message.sim.product).sendMessage(message),
    async listMessages({sim, limit = 50} = {}) {
      const lists = sim
        ? [of(sim.product).listMessages({sim: sim.sid, limit})]
        : [newer.listMessages({limit}), older.listMessages({limit}).catch(noneIfNotServed)]
      const messages = (await Promise.all(lists)).flat()
      return messages.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime()).slice(0, limit)
    },
    fetchMessage: (message) => of(message.sid.startsWith('DC') ? 'wireless' : 'super-sim').fetchMessage(message),
    refusalOf,
  }
}

function refusalOf(error: unknown): Refusal | undefined {
  if (refusedWith(error, twilioCodes.simAlreadyYours)) return 'already registered'
  if (refusedWith(error, twilioCodes.simNameTaken)) return 'name taken'
  if (error instanceof TwilioRefusal && error.code === simsNotServed) return 'not served'
  if (isMissing(error)) return 'not found'
  return error instanceof TwilioRefusal && error.outcome === 'refused' ? 'other' : undefined
}

function noneIfMissing(error: unknown): undefined {
  if (refusalOf(error) !== 'not found') throw error
}

/** @throws any other error */
function noneIfNotServed(error: unknown): never[] {
  if (refusalOf(error) === 'not served') return []
  throw error
}
