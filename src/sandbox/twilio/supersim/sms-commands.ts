import type {HttpResponse} from '../../../lib/transport/types.js'
import {stepAt, type Step} from '../../state/clock.js'
import {iso8601} from '../../state/dates.js'
import {nextSid} from '../../state/ids.js'
import {invalidParameter, json, pageWithMeta} from '../../http/respond.js'
import {wanted, type Context, type Route} from '../../http/router.js'
import type {SmsCommand} from '../../state/sims.js'
import {findInPath, heldByCaller, wantedOf} from '../held.js'
import {connectedFleet, recipient} from './commands.js'

const LIST = '/v1/SmsCommands'
const ONE = '/v1/SmsCommands/{Sid}'

export const smsCommandRoutes: readonly Route[] = [
  {product: 'supersim', method: 'GET', path: LIST, handle: list},
  {product: 'supersim', method: 'POST', path: LIST, handle: create},
  {product: 'supersim', method: 'GET', path: ONE, handle: fetchCommand},
]

/** How long it takes in the sandbox, by its own clock, until a command is sent, and until it is delivered. */
const SENT_MS = 300
const DELIVERED_MS = 600
const MAX_BYTES = 160

type Status = 'queued' | 'sent' | 'delivered' | 'received' | 'failed'

function list(context: Context): HttpResponse {
  const {state, now} = context
  const commands = heldByCaller(context, state.smsCommands).filter(
    (command) =>
      wantedOf(context, 'Sim', state.superSims, command.simSid) &&
      wanted(context, 'Status', statusOf(command, now).status) &&
      wanted(context, 'Direction', command.direction),
  )
  return pageWithMeta(context, {
    key: 'sms_commands',
    all: commands,
    idOf: ({sid}) => sid,
    render: (command) => render(command, now),
  })
}

function create(context: Context): HttpResponse {
  const {state, form, caller, now} = context
  const sim = recipient(context)
  const payload = form.get('Payload')
  if (!payload) throw invalidParameter('Payload is needed')
  if (Buffer.byteLength(payload) > MAX_BYTES)
    throw invalidParameter(`Payload may have at most ${MAX_BYTES} single-byte characters`)
  const command: SmsCommand = {
    sid: nextSid(state, 'HC'),
    accountSid: caller.account.sid,
    simSid: sim.sid,
    direction: 'to_sim',
    payload,
    reachable: connectedFleet(context, sim)?.settings.sms_commands_enabled === true,
    createdAt: now,
  }
  state.smsCommands.push(command)
  return json(201, render(command, now))
}

function fetchCommand(context: Context): HttpResponse {
  return json(200, render(findInPath(context, context.state.smsCommands), context.now))
}

function statusOf({direction, createdAt, reachable}: SmsCommand, now: number): Step<Status> {
  if (direction === 'from_sim') return {status: 'received', since: createdAt}
  if (!reachable) return stepAt<Status>(now, createdAt, 'queued', [SENT_MS, 'failed'])
  return stepAt<Status>(now, createdAt, 'queued', [SENT_MS, 'sent'], [DELIVERED_MS, 'delivered'])
}

function render(command: SmsCommand, now: number): unknown {
  const {status, since} = statusOf(command, now)
  return {
    sid: command.sid,
    account_sid: command.accountSid,
    sim_sid: command.simSid,
    payload: command.payload,
    status,
    direction: command.direction,
    date_created: iso8601(command.createdAt),
    date_updated: iso8601(since),
    url: `https://supersim.twilio.com/v1/SmsCommands/${command.sid}`,
  }
}
