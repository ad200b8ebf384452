import {CREATE, stateAfter, stateFrom} from '../support/faults.js'
import {but, card, REGISTER, stocked} from '../support/sims.js'
import {tryMatrix} from './matrix.js'

const ready = await stateAfter(CREATE)
const {iccid, code} = card(1)
const active = but(
  await stateFrom(
    stocked(ready, 0),
    `${REGISTER} ${iccid} --code ${code} --name van-1`,
    'twilio:sims:activate -a api-default van-1',
  ),
  (state) => void (state.clockOffsetMs += 5000),
)

await tryMatrix('messages and calls', {
  'sms:send': {command: 'twilio:sms:send -a api-default +14155550100 hello --json', from: ready, sends: true},
  'sms:send and wait': {
    command: 'twilio:sms:send -a api-default +14155550100 hello --wait --json',
    from: ready,
    sends: true,
  },
  'calls:create': {
    command: 'twilio:calls:create -a api-default +14155550100 --say hello --json',
    from: ready,
    sends: true,
  },
  'm2m:send': {command: 'twilio:m2m:send -a api-default van-1 hello --json', from: active, sends: true},
})
