import type {HttpRequest, HttpResponse} from '../../lib/transport/types.js'
import {dynosOf} from '../akkeris/dynos.js'
import type {Fault, FaultAction} from './faults.js'
import {errorResponse, json, noContent} from './respond.js'
import type {Sandbox} from '../sandbox.js'
import {addCard, messageFromSim} from '../world/sim-stock.js'
import {addUsage} from '../world/usage-stock.js'

interface ControlRequest {
  readonly method: HttpRequest['method']
  readonly path: string
  readonly body: string
}

/** What people who test a client against the sandbox can ask of it over HTTP. */
export async function answerControl(sandbox: Sandbox, {method, path, body}: ControlRequest): Promise<HttpResponse> {
  switch (`${method} ${path}`) {
    case 'GET /_sandbox/requests':
      return json(200, sandbox.requests)
    case 'GET /_sandbox/credentials':
      return json(200, await sandbox.credentials())
    case 'POST /_sandbox/faults': {
      const fault = readFault(parse(body))
      if (!fault) return invalid('a fault has "when" (before or after) and "do" (drop, status or delayMs)')
      sandbox.faults.add(fault)
      return json(201, fault)
    }
    case 'DELETE /_sandbox/faults':
      sandbox.faults.clear()
      return noContent()
    case 'POST /_sandbox/clock': {
      const {advance} = parse(body)
      if (typeof advance !== 'number' || !Number.isFinite(advance)) return invalid('"advance" is a number of seconds')
      await sandbox.advanceClock(advance)
      return noContent()
    }
    case 'POST /_sandbox/cards': {
      const {product} = parse(body)
      if (product !== 'supersim' && product !== 'wireless') return invalid('"product" is supersim or wireless')
      return json(201, await sandbox.change((state, now) => addCard(state, now, product)))
    }
    case 'POST /_sandbox/from-sim': {
      const {sim, payload} = parse(body)
      if (typeof sim !== 'string' || typeof payload !== 'string') return invalid('"sim" and "payload" are texts')
      const sid = await sandbox.change((state, now) => messageFromSim(state, now, {sim, payload}))
      return sid === undefined ? invalid('"sim" is the SID or ICCID of one that is ready or active') : json(201, {sid})
    }
    case 'GET /_sandbox/dynos':
      return json(
        200,
        await sandbox.change((state, now) => {
          const apps = Object.entries(state.apps)
          return Object.fromEntries(apps.map(([name, app]) => [name, dynosOf(state, {name, app}, now)]))
        }),
      )
    case 'POST /_sandbox/usage': {
      const entry = await sandbox.change((state, now) => addUsage(state, now, parse(body)))
      return typeof entry === 'string' ? invalid(entry) : json(201, entry)
    }
    default:
      return errorResponse({status: 404, code: 20404, message: `The sandbox has no ${method} ${path}`})
  }
}

function invalid(message: string): HttpResponse {
  return errorResponse({status: 400, code: 20422, message: `Invalid Parameter: ${message}`})
}

type Fields = Readonly<Record<string, unknown>>

function parse(body: string): Fields {
  try {
    return fieldsOf(JSON.parse(body))
  } catch {
    return {}
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function readFault(fields: Fields): Fault | undefined {
  const {nth, method, path, when, times} = fields
  const action = readAction(fieldsOf(fields.do))
  if ((when !== 'before' && when !== 'after') || !action) return undefined
  return {
    when,
    do: action,
    ...(typeof nth === 'number' && {nth}),
    ...(typeof times === 'number' && {times}),
    ...(typeof method === 'string' && {method}),
    ...(typeof path === 'string' && {path}),
  }
}

function readAction({drop, status, delayMs, headers, body}: Fields): FaultAction | undefined {
  if (drop === true) return {drop}
  if (typeof delayMs === 'number') return {delayMs}
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599) return undefined
  const texts = Object.entries(fieldsOf(headers)).map(([name, value]) => [name, String(value)] as const)
  return {status, headers: Object.fromEntries(texts), ...(typeof body === 'string' && {body})}
}
