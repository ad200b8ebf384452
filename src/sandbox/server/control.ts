import type {HttpRequest, HttpResponse} from '../../lib/transport/types.js'
import {dynosOf} from '../akkeris/dynos.js'
import {errorResponse, json, noContent} from '../http/respond.js'
import type {Sandbox} from '../sandbox.js'
import {addCard} from './cards.js'
import {sendFromDevice} from './device-messages.js'
import {fieldsOf, readFault} from './fault-fields.js'
import {addUsage} from './usage.js'

interface ControlRequest {
  readonly method: HttpRequest['method']
  readonly path: string
  readonly body: string
}

type Fields = Readonly<Record<string, unknown>>
type Operation = (sandbox: Sandbox, fields: Fields) => HttpResponse | Promise<HttpResponse>

/** What people who test a client against the sandbox can do to it over HTTP. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET /_sandbox/requests': ({requests}) => json(200, requests),
  'GET /_sandbox/credentials': async (sandbox) => json(200, await sandbox.credentials()),
  'POST /_sandbox/faults': addFault,
  'DELETE /_sandbox/faults': ({faults}) => {
    faults.clear()
    return noContent()
  },
  'POST /_sandbox/clock': advanceClock,
  'POST /_sandbox/cards': stockCard,
  'POST /_sandbox/from-sim': receiveFromSim,
  'POST /_sandbox/usage': async (sandbox, fields) => {
    const entry = await sandbox.change((state, now) => addUsage(state, now, fields))
    return typeof entry === 'string' ? invalid(entry) : json(201, entry)
  },
  'GET /_sandbox/dynos': listDynos,
}

export async function answerControl(sandbox: Sandbox, {method, path, body}: ControlRequest): Promise<HttpResponse> {
  const operation = OPERATIONS[`${method} ${path}`]
  if (!operation) return errorResponse({status: 404, code: 20404, message: `The sandbox has no ${method} ${path}`})
  return operation(sandbox, parse(body))
}

function addFault({faults}: Sandbox, fields: Fields): HttpResponse {
  const fault = readFault(fields)
  if (!fault) return invalid('a fault has "when" (before or after) and "do" (drop, status, delayMs or listsLateMs)')
  faults.add(fault)
  return json(201, fault)
}

async function advanceClock(sandbox: Sandbox, {advance}: Fields): Promise<HttpResponse> {
  if (typeof advance !== 'number' || !Number.isFinite(advance)) return invalid('"advance" is a number of seconds')
  await sandbox.advanceClock(advance)
  return noContent()
}

async function stockCard(sandbox: Sandbox, {product}: Fields): Promise<HttpResponse> {
  if (product !== 'supersim' && product !== 'wireless') return invalid('"product" is supersim or wireless')
  return json(201, await sandbox.change((state, now) => addCard(state, now, product)))
}

async function receiveFromSim(sandbox: Sandbox, {sim, payload}: Fields): Promise<HttpResponse> {
  if (typeof sim !== 'string' || typeof payload !== 'string') return invalid('"sim" and "payload" are strings')
  const sid = await sandbox.change((state, now) => sendFromDevice(state, now, {sim, payload}))
  return sid === undefined ? invalid('"sim" is the SID or ICCID of one that is ready or active') : json(201, {sid})
}

/** With their config vars, which Akkeris does not show. */
async function listDynos(sandbox: Sandbox): Promise<HttpResponse> {
  const dynos = await sandbox.change((state, now) =>
    Object.fromEntries(Object.entries(state.apps).map(([name, app]) => [name, dynosOf(state, {name, app}, now)])),
  )
  return json(200, dynos)
}

function invalid(message: string): HttpResponse {
  return errorResponse({status: 400, code: 20422, message: `Invalid Parameter: ${message}`})
}

function parse(body: string): Fields {
  try {
    return fieldsOf(JSON.parse(body))
  } catch {
    return {}
  }
}
