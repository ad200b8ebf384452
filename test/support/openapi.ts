import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import type {HttpRequest, HttpResponse} from '../../src/lib/transport/types.js'
import {
  answerCheck,
  type Check,
  type Components,
  type FieldsCheck,
  fieldsCheck,
  type OpenApiSchema,
  type Part,
} from './openapi-schema.js'

const FORM = 'application/x-www-form-urlencoded'

/** The shapes of Twilio's own OpenAPI documents (openapi/README.md), by product and the first part of the path. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'api/2010-04-01': 'api_v2010',
  'accounts/v1': 'accounts_v1',
  'iam/v1': 'iam_v1',
  'sync/v1': 'sync_v1',
  'supersim/v1': 'supersim_v1',
  'wireless/v1': 'wireless_v1',
  'numbers/v2': 'numbers_v2',
  'pricing/v1': 'pricing_v1',
  'pricing/v2': 'pricing_v2',
  'messaging/v1': 'messaging_v1',
  'trusthub/v1': 'trusthub_v1',
}

/** The same of KORE's, by host. */
const KORE_DOCUMENTS: Readonly<Record<string, string>> = {
  'supersim.api.korewireless.com': 'kore_supersim_v1',
  'iam.api.korewireless.com': 'kore_iam_v1',
  'api.korewireless.com': 'kore_token_v1',
}

interface Parameter {
  readonly name: string
  readonly in: Part
  readonly required?: boolean
  readonly schema: OpenApiSchema
}

interface Content {
  readonly schema?: OpenApiSchema
}

interface OperationSpec {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: {readonly content: Readonly<Record<string, Content>>}
  readonly responses: Readonly<Record<string, {readonly content?: Readonly<Record<string, Content>>}>>
}

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationSpec | undefined>>>>
  readonly components: {readonly schemas: Components}
}

interface Route {
  readonly template: string
  readonly pattern: RegExp
  readonly methods: ReadonlyMap<string, OperationSpec>
}

/** One operation, ready to check exchanges. */
interface Operation {
  readonly path: FieldsCheck
  readonly query: FieldsCheck
  readonly header: FieldsCheck
  readonly form?: FieldsCheck
  /** By status; `undefined` where no body is documented. */
  readonly answers: ReadonlyMap<number, Check | undefined>
}

/** Reading a document takes tens of milliseconds, so each is read once. */
export const readDocument = remember((name: string): ApiDocument => {
  return JSON.parse(
    readFileSync(join(process.cwd(), 'test', 'support', 'openapi', `${name}.json`), 'utf8'),
  ) as ApiDocument
})
const routesOf = remember((name: string) => readRoutes(readDocument(name)))
const compiled = new WeakMap<OperationSpec, Operation>()

/** Problems of one exchange, each a sentence that names the operation; empty when it is as documented. */
export function checkExchange(request: HttpRequest, response: HttpResponse): string[] {
  const url = new URL(request.url)
  const document = documentFor(url)
  if (!document) return [`${request.method} ${url.host}${url.pathname}: no document describes this host and version.`]

  const route = routesOf(document).find(({pattern}) => pattern.test(url.pathname))
  if (!route) return [`${request.method} ${url.pathname}: ${document} has no such path.`]

  const spec = route.methods.get(request.method)
  if (!spec)
    return [`${request.method} ${route.template}: ${document} has only ${[...route.methods.keys()].join(', ')}.`]

  const components = readDocument(document).components.schemas
  const operation = compile(spec, components)
  const variables = Object.entries(route.pattern.exec(url.pathname)?.groups ?? {})
  const problems = [
    ...operation.path.check(variables.map(([name, text]) => [name, decodeURIComponent(text)])),
    ...operation.query.check(url.searchParams),
    ...headerProblems(request, operation.header, loginOf(document)),
    ...bodyProblems(request, operation.form),
    ...answerProblems(response, operation),
  ]
  return problems.map((problem) => `${document} ${spec.operationId}: ${problem}.`)
}

/** How a request says whose it is. */
function loginOf(document: string): 'basic' | 'bearer' | 'none' {
  if (!document.startsWith('kore_')) return 'basic'
  return document === 'kore_token_v1' ? 'none' : 'bearer'
}

/** The edge and region of a host such as api.dublin.ie1.twilio.com do not matter here. */
function documentFor({hostname, pathname}: URL): string | undefined {
  if (hostname in KORE_DOCUMENTS) return KORE_DOCUMENTS[hostname]
  if (!hostname.endsWith('.twilio.com')) return undefined
  return DOCUMENTS[`${hostname.split('.')[0] ?? ''}/${pathname.split('/')[1] ?? ''}`]
}

/** Most literal templates first: `…/Local.json` is not a number called Local. */
function readRoutes(document: ApiDocument): Route[] {
  const variableCount = (template: string): number => template.split('{').length
  const literal = (text: string): string => text.replaceAll('.', String.raw`\.`)
  return Object.entries(document.paths)
    .map(([template, path]) => ({
      template,
      pattern: new RegExp(`^${literal(template).replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
      methods: new Map(
        ['GET', 'POST', 'PATCH', 'DELETE'].flatMap((method): [string, OperationSpec][] => {
          const spec = path[method.toLowerCase()]
          return spec ? [[method, spec]] : []
        }),
      ),
    }))
    .sort((one, other) => variableCount(one.template) - variableCount(other.template))
}

function compile(spec: OperationSpec, components: Components): Operation {
  const known = compiled.get(spec)
  if (known) return known

  const parametersCheck = (part: Part): FieldsCheck => {
    const parameters = (spec.parameters ?? []).filter((parameter) => parameter.in === part)
    const properties = Object.fromEntries(parameters.map(({name, schema}) => [name, schema]))
    const required = parameters.filter((parameter) => parameter.required).map(({name}) => name)
    return fieldsCheck({properties, required}, part, components)
  }
  const form = spec.requestBody?.content[FORM]?.schema
  const operation = {
    path: parametersCheck('path'),
    query: parametersCheck('query'),
    header: parametersCheck('header'),
    ...(form && {form: fieldsCheck(form, 'form', components)}),
    answers: new Map(
      Object.entries(spec.responses).map(([status, {content}]) => {
        const schema = content?.['application/json']?.schema
        return [Number(status), schema && answerCheck(schema, components)]
      }),
    ),
  }
  compiled.set(spec, operation)
  return operation
}

function headerProblems(
  {headers}: HttpRequest,
  {names, check}: FieldsCheck,
  login: ReturnType<typeof loginOf>,
): string[] {
  // An If-Match that the operation does not know would be ignored, and somebody's update lost.
  const watched = [...new Set(['If-Match', ...names])]
  const sent = watched.flatMap((name): [string, string][] => {
    const text = headers[name.toLowerCase()]
    return text === undefined ? [] : [[name, text]]
  })
  return [...check(sent), ...loginProblems(headers.authorization, login)]
}

function loginProblems(authorization: string | undefined, login: ReturnType<typeof loginOf>): string[] {
  const [scheme, credentials = ''] = (authorization ?? '').split(' ')
  if (login === 'none') return when(authorization !== undefined, 'header authorization is not documented')
  if (login === 'bearer')
    return when(scheme !== 'Bearer' || credentials === '', 'header authorization is not a bearer token')
  const authorized = scheme === 'Basic' && /^[^:]+:./.test(Buffer.from(credentials, 'base64').toString())
  return when(!authorized, 'header authorization is not HTTP Basic with a name and a password')
}

function bodyProblems({body = '', headers}: HttpRequest, form: FieldsCheck | undefined): string[] {
  if (!form) return when(body !== '', 'no body is documented for the request')
  const type = headers['content-type']?.split(';')[0]?.trim()
  return [
    ...when(body !== '' && type !== FORM, `the body is ${type ?? 'without a content type'}, not ${FORM}`),
    ...form.check(new URLSearchParams(body)),
  ]
}

function answerProblems({status, body}: HttpResponse, {answers}: Operation): string[] {
  // Twilio's documents have no errors, KORE's have those of its own services.
  if (status >= 400 && !answers.has(status)) return errorProblems(status, body)
  if (!answers.has(status)) return [`status ${status} is not documented`]
  const check = answers.get(status)
  if (!check) return when(body !== '', `a body is not documented for status ${status}`)
  const answer = readJson(body)
  return answer === undefined ? [`the body of status ${status} is not JSON`] : check(answer.value)
}

/** Documented at https://www.twilio.com/docs/usage/twilios-response, not in the OpenAPI documents. */
function errorProblems(status: number, body: string): string[] {
  const error = readJson(body)?.value
  if (typeof error !== 'object' || error === null) return [`the body of status ${status} is not a JSON object`]
  const fields: Record<string, unknown> = {...error}
  return [
    ...when(!Number.isInteger(fields.code), 'the code of the error is not an integer'),
    ...when(typeof fields.message !== 'string', 'the message of the error is not a string'),
    ...when(typeof fields.more_info !== 'string', 'the more_info of the error is not a string'),
    ...when(fields.status !== status, `the status in the error is not ${status}`),
  ]
}

function when(wrong: boolean, problem: string): string[] {
  return wrong ? [problem] : []
}

function readJson(text: string): {value: unknown} | undefined {
  try {
    return {value: JSON.parse(text)}
  } catch {
    return undefined
  }
}

function remember<Value>(make: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>()
  return (key) => {
    const value = known.get(key) ?? make(key)
    known.set(key, value)
    return value
  }
}
