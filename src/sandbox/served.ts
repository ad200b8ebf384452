import {isLoopback} from '../lib/transport/addresses.js'

export const USUAL_PORT = 4010

/** Where a sandbox is served, as far as this process knows: at this port, where the environment points, or at the usual port. */
export function servedAt(env: NodeJS.ProcessEnv, port: number | undefined): string {
  const endpoint = env.AKA_TWILIO_ENDPOINT ?? ''
  if (port === undefined && URL.canParse(endpoint) && isLoopback(new URL(endpoint).hostname)) return endpoint
  return `http://127.0.0.1:${port ?? USUAL_PORT}`
}

/** What a served sandbox answers to a request of its control API; undefined when there is none. */
export async function askServed(
  base: string,
  path: string,
  body: object,
): Promise<{readonly status: number; readonly json: unknown} | undefined> {
  const answer = await fetch(`${base}/_sandbox/${path}`, {
    method: 'POST',
    headers: {'content-type': 'application/json'},
    body: JSON.stringify(body),
  }).catch(() => undefined)
  const json: unknown = await answer?.json().catch(() => undefined)
  return answer && json !== undefined ? {status: answer.status, json} : undefined
}
