import type {HttpResponse} from '../../../lib/transport/types.js'
import {stepAt, type Step} from '../../state/clock.js'
import {iso8601} from '../../state/dates.js'
import {nextSid} from '../../state/ids.js'
import {invalidParameter, json, pageWithMeta} from '../../http/respond.js'
import {wanted, type Context, type Route} from '../../http/router.js'
import type {IpCommand} from '../../state/sims.js'
import {findInPath, heldByCaller, wantedOf} from '../held.js'
import {binaryLength} from '../payloads.js'
import {connectedFleet, recipient} from './commands.js'

const LIST = '/v1/IpCommands'
const ONE = '/v1/IpCommands/{Sid}'

export const ipCommandRoutes: readonly Route[] = [
  {product: 'supersim', method: 'GET', path: LIST, handle: list},
  {product: 'supersim', method: 'POST', path: LIST, handle: create},
  {product: 'supersim', method: 'GET', path: ONE, handle: fetchCommand},
]

/** How long it takes in the sandbox, by its own clock, until a command is sent. */
const SENT_MS = 300
const MAX_BYTES = 1300
const DEVICE_IP = '100.64.0.123'

type Status = 'queued' | 'sent' | 'failed'

function list(context: Context): HttpResponse {
  const {state, now} = context
  const commands = heldByCaller(context, state.ipCommands).filter(
    (command) =>
      wantedOf(context, 'Sim', state.superSims, command.simSid) &&
      wanted(context, 'SimIccid', iccidOf(context, command)) &&
      wanted(context, 'Status', statusOf(command, now).status) &&
      wanted(context, 'Direction', command.direction),
  )
  return pageWithMeta(context, {
    key: 'ip_commands',
    all: commands,
    idOf: ({sid}) => sid,
    render: (command) => render(context, command),
  })
}

function create(context: Context): HttpResponse {
  const {state, form, caller, now} = context
  const sim = recipient(context)
  const payloadType = form.get('PayloadType') || 'text'
  if (payloadType !== 'text' && payloadType !== 'binary') throw invalidParameter('PayloadType must be text or binary')
  const payload = form.get('Payload')
  if (!payload) throw invalidParameter('Payload is needed')
  const length = payloadType === 'text' ? Buffer.byteLength(payload) : binaryLength(payload)
  if (length === undefined) throw invalidParameter('Payload must be encoded in Base64')
  if (length > MAX_BYTES) throw invalidParameter(`Payload may have at most ${MAX_BYTES} bytes`)
  const devicePort = Number(form.get('DevicePort') ?? '')
  if (!Number.isInteger(devicePort) || devicePort < 1 || devicePort > 65_535)
    throw invalidParameter('DevicePort must be between 1 and 65535')
  const command: IpCommand = {
    sid: nextSid(state, 'HG'),
    accountSid: caller.account.sid,
    simSid: sim.sid,
    direction: 'to_sim',
    payload,
    payloadType,
    devicePort,
    reachable: connectedFleet(context, sim)?.settings.data_enabled === true,
    createdAt: now,
  }
  state.ipCommands.push(command)
  return json(201, render(context, command))
}

function fetchCommand(context: Context): HttpResponse {
  return json(200, render(context, findInPath(context, context.state.ipCommands)))
}

function statusOf({createdAt, reachable}: IpCommand, now: number): Step<Status> {
  return stepAt<Status>(now, createdAt, 'queued', [SENT_MS, reachable ? 'sent' : 'failed'])
}

function iccidOf({state}: Context, {simSid}: IpCommand): string | null {
  return state.superSims.find(({sid}) => sid === simSid)?.iccid ?? null
}

function render(context: Context, command: IpCommand): unknown {
  const {status, since} = statusOf(command, context.now)
  return {
    sid: command.sid,
    account_sid: command.accountSid,
    sim_sid: command.simSid,
    sim_iccid: iccidOf(context, command),
    status,
    direction: command.direction,
    device_ip: status === 'sent' ? DEVICE_IP : null,
    device_port: command.devicePort,
    payload_type: command.payloadType,
    payload: command.payload,
    date_created: iso8601(command.createdAt),
    date_updated: iso8601(since),
    url: `https://supersim.twilio.com/v1/IpCommands/${command.sid}`,
  }
}
