import twilio from 'twilio'

import type {HttpRequest} from '../../src/lib/transport/types.js'
import type {Sandbox} from '../../src/sandbox/sandbox.js'
import {type Login, parse} from './support.js'

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
