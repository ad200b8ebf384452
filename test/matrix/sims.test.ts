import {CREATE, stateAfter, stateFrom} from '../support/faults.js'
import {simStories} from '../support/sim-stories.js'
import {but, card, ORDER, REGISTER, stocked} from '../support/sims.js'
import {tryMatrix} from './matrix.js'

const noStock = stocked(await stateAfter(CREATE), 0)
const {iccid, code} = card(1)
const registered = await stateFrom(noStock, `${REGISTER} ${iccid} --code ${code} --name van-1`)
/** Long enough for a change of status. */
const active = but(
  await stateFrom(registered, 'twilio:sims:activate -a api-default van-1'),
  (state) => void (state.clockOffsetMs += 5000),
)
const {stock, administrator, endpoint, esim, register, release} = simStories

await tryMatrix('SIMs', {
  'order from stock': {...stock, isDoneOnce: true},
  'order that waits for the administrator': {...administrator, isDoneOnce: true},
  'order at an endpoint': {...endpoint, isDoneOnce: true},
  'order of eSIM profiles': {...esim, isDoneOnce: true},
  'order for a device': {command: `${ORDER} --eid 89049032000000000000000000000001`, from: noStock, isDoneOnce: true},
  register,
  release,
  activate: {command: 'twilio:sims:activate -a api-default van-1 --json', from: registered},
  deactivate: {command: 'twilio:sims:deactivate -a api-default van-1 --json', from: active},
})
