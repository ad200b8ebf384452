import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import type {State} from '../../src/sandbox/sandbox.js'
import {addCard} from '../../src/sandbox/server/cards.js'
import {CREATE, stateAfter, stateFrom as stateAtTwilioFrom, stateOf} from '../support/faults.js'
import {bookOf, but, card, csv, ORDER, REGISTER, stocked} from '../support/sims.js'
import {type Story, tryMatrix} from './matrix.js'

/** The state in which these commands leave one that was in another one, with SIMs at KORE. */
const stateFrom = (from: State, ...commands: string[]): Promise<State> =>
  stateOf(async (world) => {
    const {kore} = await world.sandbox.credentials()
    const env = {KORE_CLIENT_ID: kore.clientId, KORE_CLIENT_SECRET: kore.clientSecret}
    for (const command of commands) {
      const run = await world.aka(command, {env})
      if (run.exitCode !== 0) throw new Error(`${command} ends with ${run.exitCode}: ${run.stdout}${run.stderr}`)
    }
  }, from)

const ready = await stateAfter(CREATE)
const noStock = stocked(ready, 0)
const {iccid, code} = card(1)
const oneWaits = await stateFrom(noStock, `${ORDER} --quantity 1`)
const oneCame = await stateFrom(
  await stateFrom(noStock, `${ORDER} --quantity 2`),
  `${REGISTER} ${iccid} --code ${code}`,
)
const registered = await stateFrom(noStock, `${REGISTER} ${iccid} --code ${code} --name van-1`)
/** Long enough for a change of status. */
const active = but(
  await stateFrom(registered, 'twilio:sims:activate -a api-default van-1'),
  (state) => void (state.clockOffsetMs += 5000),
)

/** Two SIMs ordered at Twilio, of which the cards are KORE's by now. */
const movedToKore = but(await stateAtTwilioFrom(stocked(ready, 2), `${ORDER} --quantity 2`), (state) => {
  for (const {iccid} of [...state.superSims]) {
    const {sid} = addCard(state, Date.now(), 'supersim')
    Object.assign(state.superSims.find((sim) => sim.sid === sid) ?? {}, {iccid})
  }
})

const stories: Readonly<Record<string, Story>> = {
  'order from stock': {command: `${ORDER} --quantity 2`, from: stocked(ready, 3), isDoneOnce: true},
  'order that waits for the administrator': {
    command: `${ORDER} --quantity 2`,
    from: stocked(ready, 1),
    isDoneOnce: true,
  },
  'order of eSIM profiles': {command: `${ORDER} --esim --quantity 2`, from: noStock, isDoneOnce: true},
  'order for a device': {command: `${ORDER} --eid 89049032000000000000000000000001`, from: noStock, isDoneOnce: true},
  register: {
    command: `${REGISTER} --file cards.csv --json`,
    from: oneWaits,
    prepare: ({home}) => writeFile(join(home, 'cards.csv'), csv(1, 2)),
  },
  release: {command: `twilio:sims:release -a api-default ${bookOf(oneCame).sims[0]?.sid ?? ''} --json`, from: oneCame},
  activate: {command: 'twilio:sims:activate -a api-default van-1 --json', from: registered},
  deactivate: {command: 'twilio:sims:deactivate -a api-default van-1 --json', from: active},
  'm2m:send': {command: 'twilio:m2m:send -a api-default van-1 hello --json', from: active, sends: true},
  migrate: {command: 'twilio:sims:migrate -a api-default --to kore --yes --json', from: movedToKore},
  'destroy with a SIM': {
    command: 'addons:destroy twilio -a api-default --confirm api-default --json',
    from: active,
  },
}

await tryMatrix(
  'SIMs at KORE',
  Object.fromEntries(Object.entries(stories).map(([name, story]) => [name, {...story, kore: true}])),
)
