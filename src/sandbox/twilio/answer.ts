import type {HttpRequest, HttpResponse} from '../../lib/transport/types.js'
import {authenticate} from '../http/auth.js'
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
  const {method, headers, body} = request
  try {
    const caller = authenticate(state, headers.authorization)
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
  } catch (error) {
    if (error instanceof ApiError) return errorResponse(error)
    if (error instanceof NotEmulated) return json(501, {message: error.message, status: 501})
    throw error
  }
}
