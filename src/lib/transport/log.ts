import createDebug from 'debug'

import {redact} from '../secrets.js'
import {NoAnswer, type Send} from './types.js'

/** DEBUG=aka-twilio:http writes a line per request to stderr: never a body or a header, which carry the credentials. */
export function logging(send: Send): Send {
  const debug = createDebug('aka-twilio:http')
  return async (request) => {
    const started = performance.now()
    const log = (result: string) => {
      debug(
        '%s',
        redact(`${request.method} ${request.url} → ${result} in ${Math.round(performance.now() - started)} ms`),
      )
    }
    try {
      const response = await send(request)
      const id = response.headers['twilio-request-id']
      log(`${response.status}${id ? ` (${id})` : ''}`)
      return response
    } catch (error) {
      if (error instanceof NoAnswer) log(`no answer: ${error.message}`)
      throw error
    }
  }
}
