import type {State} from '../../src/sandbox/state/types.js'
import {mainLogin, newSandbox, sdk, type Login} from './support.js'

const START = Date.parse('2026-03-01T12:00:00Z')

/** Two accounts at a sandbox whose clock stands still until it is advanced. */
export async function simWorld() {
  const sandbox = newSandbox({now: () => START})
  const login = await mainLogin(sandbox)
  const main = sdk(sandbox, login)
  const {sid, authToken} = await main.api.v2010.accounts.create({friendlyName: 'sub'})
  const subLogin: Login = {username: sid, password: authToken}
  const sub = sdk(sandbox, subLogin)
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

export const ICCID = '89883070000123456789'
export const CODE = 'H3LL0W0RLD'
