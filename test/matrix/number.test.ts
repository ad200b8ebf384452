import {CREATE, stateAfter, stateFrom} from '../support/faults.js'
import {tryMatrix} from './matrix.js'

const ready = await stateAfter(CREATE)
const alerted = await stateFrom(ready, 'twilio:alerts:set -a api-default --url https://old.example.com/usage --at 80')
const CHANGE = `twilio:number:change -a api-default --from ${ready.incomingNumbers[0]?.phoneNumber ?? ''} --yes --json`

await tryMatrix('numbers and alerts', {
  'number:change': {command: CHANGE, from: ready},
  'number:change and keep the old one': {command: `${CHANGE} --keep-old`, from: ready},
  'number:set': {command: 'twilio:number:set -a api-default --voice-url https://example.com/voice --json', from: ready},
  'alerts:set': {
    command: 'twilio:alerts:set -a api-default --url https://new.example.com/usage --at 50 --json',
    from: alerted,
  },
  'alerts:unset': {command: 'twilio:alerts:unset -a api-default --json', from: alerted},
})
