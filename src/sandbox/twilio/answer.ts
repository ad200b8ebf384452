import type {HttpRequest, HttpResponse} from '../../lib/transport/types.js'
import {authenticate} from '../http/auth.js'
import {ApiError, errorResponse} from '../http/respond.js'
import {createRouter} from '../http/router.js'
import {twilioRoutes} from './routes.js'
import type {State} from '../state/state.js'

const route = createRouter(twilioRoutes)

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
    // Regions and edges stand behind the product: api.dublin.ie1.twilio.com.
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
    throw error
  }
}
