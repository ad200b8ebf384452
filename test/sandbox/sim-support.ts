import {addCard} from '../../src/sandbox/server/cards.js'
import type {State} from '../../src/sandbox/state/state.js'
import {mainAndSubaccount} from './accounts-support.js'

const START = Date.parse('2026-03-01T12:00:00Z')

/** Two accounts at a sandbox whose clock stands still until it is advanced. */
export async function simWorld() {
  const {sandbox, login, main, subLogin, sub} = await mainAndSubaccount({now: () => START})
  return {
    sandbox,
    login,
    main,
    subLogin,
    sub,
    pass: (ms: number) => sandbox.advanceClock(ms / 1000),
    stock: () => main.supersim.v1.sims.list(),
    state: () => sandbox.read((state: Readonly<State>) => structuredClone(state)),
  }
}

type World = Awaited<ReturnType<typeof simWorld>>

/** A fleet of an account, which it needs before it can activate a SIM. */
export async function addFleet({supersim}: World['main'], uniqueName = 'fleet') {
  const {sid} = await supersim.v1.networkAccessProfiles.create({})
  return supersim.v1.fleets.create({networkAccessProfile: sid, uniqueName})
}

/** A card of the subaccount's, active in a fleet of its own. */
export async function activeSim(world: World) {
  const fleet = await addFleet(world.sub)
  const {sid} = await world.sub.supersim.v1.sims.create({iccid: ICCID, registrationCode: CODE})
  await world.sub.supersim.v1.sims(sid).update({fleet: fleet.sid, status: 'active', uniqueName: 'tracker'})
  await world.pass(400)
  return {sid, fleet}
}

/** What the tests of commands to Super SIMs need. */
export async function commandWorld() {
  const world = await simWorld()
  return {...world, ...(await activeSim(world)), v1: world.sub.supersim.v1}
}

/** A card of Programmable Wireless in the main account's stock, and a rate plan. */
export async function wirelessWorld() {
  const world = await simWorld()
  const {sid, iccid} = await world.sandbox.change((state, now) => addCard(state, now, 'wireless'))
  const {v1} = world.main.wireless
  const plan = await v1.ratePlans.create({uniqueName: 'plan', messagingEnabled: true})
  return {...world, v1, plan, sid, iccid, card: v1.sims(sid)}
}

export const ICCID = '89883070000123456789'
export const CODE = 'H3LL0W0RLD'
