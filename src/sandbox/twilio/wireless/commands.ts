import type {Context} from '../../http/context.js'
import {ApiError} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {nextSid} from '../../state/ids.js'
import type {WirelessCommand, WirelessSim} from '../../state/types/sims.js'
import {wirelessCommandStatus} from '../../world/command-status.js'
import {isConnected, wirelessSimStatus} from '../../world/sim-status.js'
import {findBySidOrName, ownedByCaller} from '../shared/find.js'
import {base64Length, readFlag, readOneOf} from '../shared/parameters.js'
import {callerResource, refersTo} from '../shared/resource.js'
import {readWebhook} from '../shared/webhooks.js'
import {invalidValue, missingValue} from './errors.js'

export const wirelessCommandRoutes = callerResource<WirelessCommand>('wireless', '/v1/Commands', {
  key: 'commands',
  all: ({wirelessCommands}) => wirelessCommands,
  filters: {
    Sim: ({simSid}, context) => refersTo(context, context.state.wirelessSims, simSid),
    Status: (command, {now}) => wirelessCommandStatus(command, now).status,
    Direction: ({direction}) => direction,
    Transport: () => 'sms',
  },
  create,
  render: (command, {now}) => render(command, now),
})

const MAX_CHARACTERS = 160
const MAX_BYTES = 140

function create(context: Context): WirelessCommand {
  const {state, form, now} = context
  const name = form.get('Sim')
  const payload = form.get('Command')
  if (!name) throw missingValue('Sim')
  if (!payload) throw missingValue('Command')
  const commandMode = readOneOf(form, 'CommandMode', {
    allowed: ['text', 'binary'],
    initial: 'text',
    invalid: () => invalidValue('CommandMode must be text or binary'),
  })
  checkLength(payload, commandMode)
  const sim = findBySidOrName(ownedByCaller(context, state.wirelessSims), name)
  if (!sim) throw new ApiError(400, 33107, `SIM not found: ${name}`)
  checkSim(context, sim)
  const callback = readWebhook(form, 'CallbackUrl', 'CallbackMethod')
  const command: WirelessCommand = {
    sid: nextSid(state, 'DC'),
    accountSid: sim.accountSid,
    simSid: sim.sid,
    direction: 'to_sim',
    payload,
    commandMode,
    deliveryReceiptRequested: readFlag(form, 'DeliveryReceiptRequested', true),
    ...(callback && {callback}),
    createdAt: now,
  }
  state.wirelessCommands.push(command)
  return command
}

function checkLength(payload: string, mode: WirelessCommand['commandMode']): void {
  if (mode === 'text') {
    if (payload.length > MAX_CHARACTERS) throw invalidValue(`Command may have at most ${MAX_CHARACTERS} characters`)
    return
  }
  const length = base64Length(payload)
  if (length === undefined) throw invalidValue('Command must be encoded in Base64')
  if (length > MAX_BYTES) throw invalidValue(`Command may have at most ${MAX_BYTES} bytes`)
}

function checkSim({state, now}: Context, sim: WirelessSim): void {
  const plan = state.ratePlans.find(({sid}) => sid === sim.ratePlanSid)
  if (!plan || !isConnected(wirelessSimStatus(sim, now)))
    throw new ApiError(400, 33104, 'Configuration incomplete: the SIM is neither ready nor active')
  if (plan.settings.messaging_enabled !== true)
    throw new ApiError(403, 33201, 'Unauthorized: the RatePlan of the SIM has no Commands enabled')
}

function render(command: WirelessCommand, now: number): unknown {
  const {status, since} = wirelessCommandStatus(command, now)
  return {
    sid: command.sid,
    account_sid: command.accountSid,
    sim_sid: command.simSid,
    command: command.payload,
    command_mode: command.commandMode,
    transport: 'sms',
    delivery_receipt_requested: command.deliveryReceiptRequested,
    status,
    direction: command.direction,
    date_created: iso8601(command.createdAt),
    date_updated: iso8601(since),
    url: `https://wireless.twilio.com/v1/Commands/${command.sid}`,
  }
}
