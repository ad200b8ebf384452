import type {HttpResponse} from '../../lib/transport/types.js'
import {EXPIRED_AUTHORIZATION} from '../world/test-values.js'
import {AkkerisError} from './errors.js'
import {type AkkerisRequest, operate} from './routes.js'

/** Any login will do, but for an expired one. */
export function answerAkkeris(request: AkkerisRequest, authorization: string | undefined): HttpResponse {
  const headers = {'content-type': 'application/json'}
  try {
    if (!authorization?.trim() || authorization === EXPIRED_AUTHORIZATION) throw new AkkerisError(401, 'Unauthorized')
    return {status: 200, headers, body: JSON.stringify(operate(request))}
  } catch (error) {
    if (!(error instanceof AkkerisError)) throw error
    return {status: error.status, headers, body: error.message}
  }
}
