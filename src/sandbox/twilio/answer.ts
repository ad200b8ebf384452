import type {HttpRequest, HttpResponse} from '../../lib/transport/types.js'
import {authenticate, type Caller} from '../http/auth.js'
import {ApiError, NotEmulated} from '../http/errors.js'
import {errorResponse, json} from '../http/respond.js'
import {createRouter} from '../http/router.js'
import type {State} from '../state/state.js'
import * as routes from './routes.js'

const route = createRouter(Object.values(routes).flat())

interface TwilioRequest {
  readonly state: State
  readonly now: number
  readonly request: HttpRequest
  readonly url: URL
}

export function answerTwilio({state, now, request, url}: TwilioRequest): HttpResponse {
  try {
    return routeTwilio({state, now, request, url}, authenticate(state, request.headers.authorization))
  } catch (error) {
    if (error instanceof ApiError) return errorResponse(error)
    if (error instanceof NotEmulated) return json(501, {message: error.message, status: 501})
    throw error
  }
}

/** The operation behind a request of somebody known. @throws {ApiError} */
export function routeTwilio({state, now, request, url}: TwilioRequest, caller: Caller): HttpResponse {
  const {method, headers, body} = request
  // Regions and edges follow the product: api.dublin.ie1.twilio.com.
  const [product = ''] = url.hostname.split('.')
  const {handle, params} = route({product, method, path: url.pathname})
  return handle({
    state,
    now,
    method,
    host: url.hostname,
    path: url.pathname,
    params,
    query: url.searchParams,
    form: new URLSearchParams(body ?? ''),
    headers,
    caller,
  })
}
