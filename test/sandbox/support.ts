import type {HttpRequest, HttpResponse} from '../../src/lib/transport/types.js'
import {createSandbox, type Sandbox, type SandboxOptions} from '../../src/sandbox/sandbox.js'
import {memoryStore} from '../../src/sandbox/state/store.js'
import {checkExchange} from '../support/openapi.js'

/** A sandbox whose every successful answer is checked against Twilio's OpenAPI documents. */
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

/** One request without the SDK, for what the SDK cannot send. */
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

export function parse({body}: HttpResponse): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>
  } catch {
    return {}
  }
}
