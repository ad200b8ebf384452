import type {HttpRequest, HttpResponse} from '../../lib/transport/types.js'
import {dynosOf} from '../akkeris/dynos.js'
import {errorResponse, json, noContent} from '../http/respond.js'
import type {Sandbox} from '../sandbox.js'
import type {Courier} from '../webhooks/courier.js'
import {addCard} from './cards.js'
import {sendFromDevice} from './device-messages.js'
import {readFault} from './fault-fields.js'
import {type Fields, unknownField} from './fields.js'
import {outcomeOf, receive, renderCall} from './inbound.js'
import {useData} from './sim-data.js'
import {restoreSnapshot, takeSnapshot} from './snapshots.js'
import {addUsage} from './usage.js'

interface ControlRequest {
  readonly method: HttpRequest['method']
  readonly path: string
  readonly contentType: string | undefined
  readonly body: string
}

type Answer = (sandbox: Sandbox, fields: Fields, courier: Courier) => HttpResponse | Promise<HttpResponse>

interface Operation {
  /** All that its body may have. */
  readonly takes?: readonly string[]
  readonly answer: Answer
}

/** What people who test a client against the sandbox can do to it over HTTP. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET /_sandbox/requests': {answer: ({requests}) => json(200, requests)},
  'GET /_sandbox/credentials': {answer: async (sandbox) => json(200, await sandbox.credentials())},
  'POST /_sandbox/faults': {takes: ['when', 'do', 'method', 'path', 'nth', 'times'], answer: addFault},
  'DELETE /_sandbox/faults': {
    answer({faults}) {
      faults.clear()
      return noContent()
    },
  },
  'POST /_sandbox/clock': {takes: ['advance'], answer: advanceClock},
  'POST /_sandbox/cards': {takes: ['product'], answer: stockCard},
  'POST /_sandbox/from-sim': {takes: ['sim', 'payload', 'port'], answer: receiveFromSim},
  'POST /_sandbox/usage': {
    takes: ['accountSid', 'app', 'category', 'usage', 'count', 'price', 'day'],
    async answer(sandbox, fields) {
      const entry = await sandbox.change((state, now) => addUsage(state, now, fields))
      return typeof entry === 'string' ? invalid(entry) : json(201, entry)
    },
  },
  'POST /_sandbox/data': {
    takes: ['sim', 'upload', 'download', 'country'],
    async answer(sandbox, fields) {
      const data = await sandbox.change((state, now) => useData(state, now, fields))
      return typeof data === 'string' ? invalid(data) : json(201, data)
    },
  },
  'POST /_sandbox/inbound': {
    takes: ['kind', 'to', 'from', 'body', 'media', 'inputs', 'wait'],
    answer: receiveInbound,
  },
  'POST /_sandbox/strict-us': {takes: ['on'], answer: setStrictUs},
  'GET /_sandbox/calls': {answer: listCalls},
  'GET /_sandbox/dynos': {answer: listDynos},
  'POST /_sandbox/snapshot': {takes: ['name'], answer: (sandbox, fields) => takeSnapshot(sandbox, fields, invalid)},
  'POST /_sandbox/restore': {takes: ['name'], answer: (sandbox, fields) => restoreSnapshot(sandbox, fields, invalid)},
  'POST /_sandbox/reset': {
    async answer(sandbox) {
      await sandbox.reset()
      return noContent()
    },
  },
}

/** Each as "METHOD /path": docs/sandbox-control.openapi.json describes them. */
export const CONTROL_OPERATIONS: readonly string[] = Object.keys(OPERATIONS)

export interface Served {
  readonly sandbox: Sandbox
  readonly courier: Courier
}

export async function answerControl({sandbox, courier}: Served, request: ControlRequest): Promise<HttpResponse> {
  const {method, path, contentType, body} = request
  const name = `${method} ${path}`
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined
  if (!operation) return errorResponse({status: 404, code: 20404, message: `The sandbox has no ${method} ${path}`})
  if (method !== 'POST') return operation.answer(sandbox, {}, courier)
  // A form of a web page cannot be of this type.
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? ''))
    return errorResponse({status: 415, code: 20415, message: 'Unsupported Media Type: send JSON as application/json'})
  const fields = parse(body)
  if (!fields) return invalid('the body is a JSON object')
  const unknown = unknownField(fields, operation.takes)
  return unknown === undefined ? operation.answer(sandbox, fields, courier) : invalid(unknown)
}

function addFault({faults}: Sandbox, fields: Fields): HttpResponse {
  const fault = readFault(fields)
  if (typeof fault === 'string') return invalid(fault)
  faults.add(fault)
  return json(201, fields)
}

/** Further ahead there are dates that do not exist. */
const FURTHEST_S = 100 * 365 * 86_400

async function advanceClock(sandbox: Sandbox, {advance}: Fields): Promise<HttpResponse> {
  const ahead = (await sandbox.read(({clockOffsetMs}) => clockOffsetMs)) / 1000
  const isFine = typeof advance === 'number' && Number.isFinite(advance) && advance >= 0
  if (!isFine || ahead + advance > FURTHEST_S)
    return invalid('"advance" is a number of seconds, forward, and not beyond 100 years')
  await sandbox.advanceClock(advance)
  return noContent()
}

async function setStrictUs(sandbox: Sandbox, {on}: Fields): Promise<HttpResponse> {
  if (typeof on !== 'boolean') return invalid('"on" is true or false')
  await sandbox.change((state) => void (state.strictUs = on))
  return noContent()
}

async function stockCard(sandbox: Sandbox, {product}: Fields): Promise<HttpResponse> {
  if (product !== 'supersim' && product !== 'wireless') return invalid('"product" is supersim or wireless')
  return json(201, await sandbox.change((state, now) => addCard(state, now, product)))
}

/** Far more than a device can send at once. */
const LONGEST_PAYLOAD = 1000

async function receiveFromSim(sandbox: Sandbox, {sim, payload, port}: Fields): Promise<HttpResponse> {
  if (typeof sim !== 'string' || typeof payload !== 'string' || payload.length > LONGEST_PAYLOAD)
    return invalid(`"sim" and "payload" are strings, "payload" of at most ${LONGEST_PAYLOAD} characters`)
  if (port !== undefined && !isPort(port)) return invalid('"port" is between 1 and 65535, for what is sent over IP')
  const message = {sim, payload, ...(port !== undefined && {port})}
  const sid = await sandbox.change((state, now) => sendFromDevice(state, now, message))
  const which = port === undefined ? 'one' : 'a Super SIM'
  return sid === undefined ? invalid(`"sim" is the SID or ICCID of ${which} that is ready or active`) : json(201, {sid})
}

function isPort(port: unknown): port is number {
  return typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535
}

async function receiveInbound(sandbox: Sandbox, fields: Fields, courier: Courier): Promise<HttpResponse> {
  const sid = await sandbox.change((state, now) => receive(state, now, fields))
  if (typeof sid !== 'string') return invalid(sid.problem)
  // A program with one thread answers its webhook only once it has this answer, so that waiting for it is asked for.
  if (fields.wait !== true) return json(201, {sid})
  await courier.tick()
  await courier.settled()
  return json(201, await outcomeOf(sandbox, sid))
}

/** With what their TwiML made happen. */
async function listCalls(sandbox: Sandbox): Promise<HttpResponse> {
  const calls = await sandbox.read((state, now) => state.calls.map((call) => renderCall(call, now)))
  return json(200, calls)
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

function parse(body: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
  } catch {
    return undefined
  }
}
