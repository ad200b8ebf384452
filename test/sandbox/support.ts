import twilio from 'twilio'

import {createSandbox, type Sandbox, type SandboxOptions} from '../../src/sandbox/sandbox.js'
import {memoryStore} from '../../src/sandbox/state/store.js'
import type {HttpRequest, HttpResponse} from '../../src/lib/transport/types.js'
import {checkExchange} from '../support/openapi.js'

/** A sandbox whose every successful answer is held against Twilio's OpenAPI documents. */
export function newSandbox(options: Partial<SandboxOptions> = {}): Sandbox {
  const sandbox = createSandbox({store: memoryStore(), ...options})
  sandbox.onExchange((request, response) => {
    if (!/^https:\/\/[^/]*\.twilio\.com\//.test(request.url) || response.status >= 400) return
    const problems = checkExchange(request, response)
    if (problems.length > 0) throw new Error(problems.join('\n'))
  })
  return sandbox
}

export interface Login {
  readonly username: string
  readonly password: string
}

export async function mainLogin(sandbox: Sandbox): Promise<Login> {
  const {accountSid, authToken} = await sandbox.credentials()
  return {username: accountSid, password: authToken}
}

export interface Ask {
  readonly method?: HttpRequest['method']
  readonly url: string
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly as?: Login
}

/** One request without the SDK, for what the SDK cannot say. */
export async function ask(sandbox: Sandbox, {method = 'GET', url, form, headers, as}: Ask) {
  const basic = as && `Basic ${Buffer.from(`${as.username}:${as.password}`).toString('base64')}`
  const response = await sandbox.send({
    method,
    url,
    headers: {
      ...(basic !== undefined && {authorization: basic}),
      ...(form && {'content-type': 'application/x-www-form-urlencoded'}),
      ...headers,
    },
    ...(form && {body: new URLSearchParams(form).toString()}),
  })
  return {...response, json: parse(response)}
}

function parse({body}: HttpResponse): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>
  } catch {
    return {}
  }
}

interface SdkRequest {
  readonly method: string
  readonly uri: string
  readonly username?: string
  readonly password?: string
  readonly headers?: Record<string, string>
  readonly params?: Record<string, unknown>
  readonly data?: Record<string, unknown>
}

/** The official SDK, talking to the sandbox in process. */
export function sdk(sandbox: Sandbox, {username, password}: Login, accountSid?: string) {
  const httpClient = {
    async request({method, uri, headers = {}, params, data, ...login}: SdkRequest) {
      const query = toForm(params)
      const url = query === '' ? uri : `${uri}?${query}`
      const basic = Buffer.from(`${login.username ?? ''}:${login.password ?? ''}`).toString('base64')
      const response = await sandbox.send({
        method: method.toUpperCase() as HttpRequest['method'],
        url,
        headers: {
          ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
          authorization: `Basic ${basic}`,
        },
        ...(data && {body: toForm(data)}),
      })
      return {statusCode: response.status, body: parse(response), headers: response.headers}
    },
  }
  return twilio(username, password, {
    httpClient: httpClient as unknown as twilio.RequestClient,
    ...(accountSid !== undefined && {accountSid}),
  })
}

function toForm(values: Record<string, unknown> = {}): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) form.append(name, String(each))
  }
  return form.toString()
}

/** Twilio's code for the failure of a call. */
export async function codeOf(call: Promise<unknown>): Promise<number | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => (error as {code?: number}).code,
  )
}
