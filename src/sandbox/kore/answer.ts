import type {HttpRequest, HttpResponse} from '../../lib/transport/types.js'
import {ApiError, NotEmulated, notFound} from '../http/errors.js'
import {json, type Refusal} from '../http/respond.js'
import {accountBySid} from '../state/accounts.js'
import type {State} from '../state/state.js'
import type {Account} from '../state/types/accounts.js'
import {routeTwilio} from '../twilio/answer.js'
import {answerToken, isValidToken} from './tokens.js'

const TOKEN_HOST = 'api.korewireless.com'

interface KoreRequest {
  readonly state: State
  readonly now: number
  readonly request: HttpRequest
  readonly url: URL
}

/**
 * KORE serves the Super SIMs of the Twilio account that its account is linked to, which is the main account: the same resources as
 * Twilio's, at another host and with another login.
 */
export function answerKore(asked: KoreRequest): HttpResponse {
  try {
    return asKore(answer(asked))
  } catch (error) {
    if (error instanceof ApiError) return koreFailure(asked.url.host, error)
    if (error instanceof NotEmulated) return json(501, {message: error.message, status: 501})
    throw error
  }
}

function answer({state, now, request, url}: KoreRequest): HttpResponse {
  const {method, headers, body = ''} = request
  if (url.host === TOKEN_HOST) {
    if (url.pathname !== '/api-services/v1/auth/token') throw notFound(url.pathname)
    if (method !== 'POST') throw new ApiError(405, 20004, 'Method not allowed')
    return answerToken(state, now, new URLSearchParams(body))
  }
  const account = accountBySid(state, state.mainAccountSid)
  if (!account || !isValidToken(state, now, headers.authorization)) throw new ApiError(401, 20003, 'Authenticate')
  if (url.host === 'iam.api.korewireless.com') return answerIam(method, url, account)
  if (url.host !== 'supersim.api.korewireless.com') throw notFound(url.pathname)
  return routeTwilio({state, now, request, url}, {account, kind: 'token'})
}

function answerIam(method: string, {pathname}: URL, {sid}: Account): HttpResponse {
  if (pathname !== '/v1/platform_account_mappings') throw notFound(pathname)
  if (method !== 'GET') throw new ApiError(405, 20004, 'Method not allowed')
  return json(200, {platforms: [{id: `acct_${sid.slice(2, 22)}`, legacy_account_id: sid, platform: 'twilio'}]})
}

/** An error as KORE shows it. */
export function koreFailure(host: string, {status, code, message}: Refusal): HttpResponse {
  // What is not documented of the token's endpoint is the answer of the gateway before it.
  if (host === TOKEN_HOST && (status === 400 || status === 500)) return json(status, {code: status, message})
  return json(status, {status, message, code, more_info: `https://docs.korewireless.com/errors/${code}`})
}

/** The addresses of resources are KORE's. */
function asKore(response: HttpResponse): HttpResponse {
  const body = response.body.replaceAll('https://supersim.twilio.com/', 'https://supersim.api.korewireless.com/')
  return {...response, body}
}
