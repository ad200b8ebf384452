import type {Context} from '../../http/context.js'
import {invalidParameter} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {nextSid} from '../../state/ids.js'
import type {SmsCommand} from '../../state/types/sims.js'
import {smsCommandStatus} from '../../world/command-status.js'
import {callerResource, refersTo} from '../shared/resource.js'
import {readWebhook} from '../shared/webhooks.js'
import {isReachable, recipient} from './commands.js'

export const smsCommandRoutes = callerResource<SmsCommand>('supersim', '/v1/SmsCommands', {
  key: 'sms_commands',
  all: ({smsCommands}) => smsCommands,
  filters: {
    Sim: ({simSid}, context) => refersTo(context, context.state.superSims, simSid),
    Status: (command, {now}) => smsCommandStatus(command, now).status,
    Direction: ({direction}) => direction,
  },
  create,
  render: (command, {now}) => render(command, now),
})

const MAX_BYTES = 160

function create(context: Context): SmsCommand {
  const {state, form, now} = context
  const sim = recipient(context)
  const payload = form.get('Payload')
  if (!payload) throw invalidParameter('Payload is needed')
  if (Buffer.byteLength(payload) > MAX_BYTES)
    throw invalidParameter(`Payload may have at most ${MAX_BYTES} single-byte characters`)
  const callback = readWebhook(form, 'CallbackUrl', 'CallbackMethod')
  const command: SmsCommand = {
    sid: nextSid(state, 'HC'),
    accountSid: sim.accountSid,
    simSid: sim.sid,
    direction: 'to_sim',
    payload,
    reachable: isReachable(context, sim, 'sms_commands_enabled'),
    ...(callback && {callback}),
    createdAt: now,
  }
  state.smsCommands.push(command)
  return command
}

function render(command: SmsCommand, now: number): unknown {
  const {status, since} = smsCommandStatus(command, now)
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
