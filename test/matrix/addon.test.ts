import {CREATE, DESTROY, ownedNumber, stateAfter, stateFrom, stateOf} from '../support/faults.js'
import {tryMatrix} from './matrix.js'

const ready = await stateAfter(CREATE)
const owning = await stateOf(ownedNumber)
const suspended = await stateFrom(ready, 'twilio:suspend -a api-default --yes')
const large = await stateAfter('addons:create twilio:large -a api-default')

await tryMatrix('add-ons', {
  create: {command: CREATE, from: undefined},
  'create with a number of the main account': {
    command: `${CREATE} --phone-number ${owning.incomingNumbers[0]?.phoneNumber ?? ''}`,
    from: owning,
  },
  destroy: {command: DESTROY, from: ready},
  'destroy and keep the number': {command: `${DESTROY} --keep-number`, from: ready},
  upgrade: {command: 'addons:upgrade twilio twilio:medium -a api-default --yes --json', from: ready},
  downgrade: {command: 'addons:downgrade twilio twilio:small -a api-default --json', from: large},
  suspend: {command: 'twilio:suspend -a api-default --yes --json', from: ready},
  resume: {command: 'twilio:resume -a api-default --json', from: suspended},
  rotate: {command: 'twilio:rotate -a api-default --json', from: ready, isDoneOnce: true},
})
