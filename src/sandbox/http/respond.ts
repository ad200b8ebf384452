import type {HttpResponse} from '../../lib/transport/types.js'

export function json(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return {status, headers: {'content-type': 'application/json', ...headers}, body: JSON.stringify(body)}
}

export function noContent(): HttpResponse {
  return {status: 204, headers: {}, body: ''}
}

export interface Refusal {
  readonly status: number
  readonly code: number
  readonly message: string
}

/** An error as Twilio shows it. */
export function errorResponse({status, code, message}: Refusal): HttpResponse {
  const body = {code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status}
  return json(status, body, status === 401 ? {'www-authenticate': 'Basic realm="Twilio API"'} : {})
}
