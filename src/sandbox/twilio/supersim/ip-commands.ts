import type {Context} from '../../http/context.js'
import {invalidParameter} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {nextSid} from '../../state/ids.js'
import type {State} from '../../state/state.js'
import type {IpCommand} from '../../state/types/sims.js'
import {DEVICE_IP, ipCommandStatus} from '../../world/command-status.js'
import {base64Length, readOneOf} from '../shared/parameters.js'
import {callerResource, refersTo} from '../shared/resource.js'
import {readWebhook} from '../shared/webhooks.js'
import {isReachable, recipient} from './commands.js'

export const ipCommandRoutes = callerResource<IpCommand>('supersim', '/v1/IpCommands', {
  key: 'ip_commands',
  all: ({ipCommands}) => ipCommands,
  filters: {
    Sim: ({simSid}, context) => refersTo(context, context.state.superSims, simSid),
    SimIccid: (command, {state}) => iccidOf(state, command),
    Status: (command, {now}) => ipCommandStatus(command, now).status,
    Direction: ({direction}) => direction,
  },
  create,
  render,
})

const MAX_BYTES = 1300

function create(context: Context): IpCommand {
  const {state, form, now} = context
  const sim = recipient(context)
  const payloadType = readOneOf(form, 'PayloadType', {
    allowed: ['text', 'binary'],
    initial: 'text',
    invalid: () => invalidParameter('PayloadType must be text or binary'),
  })
  const payload = form.get('Payload')
  if (!payload) throw invalidParameter('Payload is needed')
  const length = payloadType === 'text' ? Buffer.byteLength(payload) : base64Length(payload)
  if (length === undefined) throw invalidParameter('Payload must be encoded in Base64')
  if (length > MAX_BYTES) throw invalidParameter(`Payload may have at most ${MAX_BYTES} bytes`)
  const devicePort = Number(form.get('DevicePort') ?? '')
  if (!Number.isInteger(devicePort) || devicePort < 1 || devicePort > 65_535)
    throw invalidParameter('DevicePort must be between 1 and 65535')
  const callback = readWebhook(form, 'CallbackUrl', 'CallbackMethod')
  const command: IpCommand = {
    sid: nextSid(state, 'HG'),
    accountSid: sim.accountSid,
    simSid: sim.sid,
    direction: 'to_sim',
    payload,
    payloadType,
    devicePort,
    reachable: isReachable(context, sim, 'data_enabled'),
    ...(callback && {callback}),
    createdAt: now,
  }
  state.ipCommands.push(command)
  return command
}

function iccidOf({superSims}: State, {simSid}: IpCommand): string | null {
  return superSims.find(({sid}) => sid === simSid)?.iccid ?? null
}

function render(command: IpCommand, {state, now}: Context): unknown {
  const {status, since} = ipCommandStatus(command, now)
  return {
    sid: command.sid,
    account_sid: command.accountSid,
    sim_sid: command.simSid,
    sim_iccid: iccidOf(state, command),
    status,
    direction: command.direction,
    device_ip: status === 'sent' || status === 'received' ? DEVICE_IP : null,
    device_port: command.devicePort,
    payload_type: command.payloadType,
    payload: command.payload,
    date_created: iso8601(command.createdAt),
    date_updated: iso8601(since),
    url: `https://supersim.twilio.com/v1/IpCommands/${command.sid}`,
  }
}
