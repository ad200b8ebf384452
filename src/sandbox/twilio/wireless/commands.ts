import type {HttpResponse} from '../../../lib/transport/types.js'
import {stepAt, type Step} from '../../state/clock.js'
import {iso8601} from '../../state/dates.js'
import {nextSid} from '../../state/ids.js'
import {ApiError, json, pageWithMeta} from '../../http/respond.js'
import {wanted, type Context, type Route} from '../../http/router.js'
import type {WirelessCommand, WirelessSim} from '../../state/sims.js'
import {findInPath, findNamed, heldByCaller, wantedOf} from '../held.js'
import {binaryLength} from '../payloads.js'
import {invalidValue, missing} from './errors.js'
import {isWirelessConnected} from '../../world/wireless-status.js'

const LIST = '/v1/Commands'
const ONE = '/v1/Commands/{Sid}'

export const wirelessCommandRoutes: readonly Route[] = [
  {product: 'wireless', method: 'GET', path: LIST, handle: list},
  {product: 'wireless', method: 'POST', path: LIST, handle: create},
  {product: 'wireless', method: 'GET', path: ONE, handle: fetchCommand},
]

/** How long it takes in the sandbox, by its own clock, until a command is sent, and until it is delivered. */
const SENT_MS = 300
const DELIVERED_MS = 600
const MAX_CHARACTERS = 160
const MAX_BYTES = 140

type Status = 'queued' | 'sent' | 'delivered' | 'received'

function list(context: Context): HttpResponse {
  const {state, now} = context
  const commands = heldByCaller(context, state.wirelessCommands).filter(
    (command) =>
      wantedOf(context, 'Sim', state.wirelessSims, command.simSid) &&
      wanted(context, 'Status', statusOf(command, now).status) &&
      wanted(context, 'Direction', command.direction) &&
      wanted(context, 'Transport', 'sms'),
  )
  return pageWithMeta(context, {
    key: 'commands',
    all: commands,
    idOf: ({sid}) => sid,
    render: (command) => render(command, now),
  })
}

function create(context: Context): HttpResponse {
  const {state, form, caller, now} = context
  const name = form.get('Sim')
  const payload = form.get('Command')
  const commandMode = form.get('CommandMode') || 'text'
  if (!name) throw missing('Sim')
  if (!payload) throw missing('Command')
  if (commandMode !== 'text' && commandMode !== 'binary') throw invalidValue('CommandMode must be text or binary')
  checkLength(payload, commandMode)
  const sim = findNamed(heldByCaller(context, state.wirelessSims), name)
  if (!sim) throw new ApiError(400, 33107, `SIM not found: ${name}`)
  checkSim(context, sim)
  const command: WirelessCommand = {
    sid: nextSid(state, 'DC'),
    accountSid: caller.account.sid,
    simSid: sim.sid,
    direction: 'to_sim',
    payload,
    commandMode,
    deliveryReceiptRequested: form.get('DeliveryReceiptRequested')?.toLowerCase() !== 'false',
    createdAt: now,
  }
  state.wirelessCommands.push(command)
  return json(201, render(command, now))
}

function fetchCommand(context: Context): HttpResponse {
  return json(200, render(findInPath(context, context.state.wirelessCommands), context.now))
}

function checkLength(payload: string, mode: WirelessCommand['commandMode']): void {
  if (mode === 'text' && payload.length > MAX_CHARACTERS)
    throw invalidValue(`Command may have at most ${MAX_CHARACTERS} characters`)
  if (mode === 'text') return
  const length = binaryLength(payload)
  if (length === undefined) throw invalidValue('Command must be encoded in Base64')
  if (length > MAX_BYTES) throw invalidValue(`Command may have at most ${MAX_BYTES} bytes`)
}

function checkSim({state, now}: Context, sim: WirelessSim): void {
  const plan = state.ratePlans.find(({sid}) => sid === sim.ratePlanSid)
  if (!plan || !isWirelessConnected(sim, now))
    throw new ApiError(400, 33104, 'Configuration incomplete: the SIM is neither ready nor active')
  if (plan.settings.messaging_enabled !== true)
    throw new ApiError(403, 33201, 'Unauthorized: the RatePlan of the SIM has no Commands enabled')
}

function statusOf({direction, createdAt, deliveryReceiptRequested}: WirelessCommand, now: number): Step<Status> {
  if (direction === 'from_sim') return {status: 'received', since: createdAt}
  const sent = [SENT_MS, 'sent'] as const
  // Nobody hears of the delivery of one for which no receipt was asked.
  if (!deliveryReceiptRequested) return stepAt<Status>(now, createdAt, 'queued', sent)
  return stepAt<Status>(now, createdAt, 'queued', sent, [DELIVERED_MS, 'delivered'])
}

function render(command: WirelessCommand, now: number): unknown {
  const {status, since} = statusOf(command, now)
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
