import type {HttpResponse} from '../../lib/transport/types.js'
import {json} from '../http/respond.js'
import {hash, nextHash} from '../state/ids.js'
import type {State} from '../state/state.js'

const LASTS_S = 3600

/** The API client of the sandbox; it opens nothing else. */
export function koreClient({seed}: Readonly<State>): {clientId: string; clientSecret: string} {
  return {clientId: `apiclient_${hash(seed, 'KORE client').slice(0, 20)}`, clientSecret: hash(seed, 'KORE secret')}
}

/** An access token, which says itself until when it is valid. */
export function answerToken(state: State, now: number, form: URLSearchParams): HttpResponse {
  if (form.get('grant_type') !== 'client_credentials') return json(400, {code: 400, message: 'Invalid grant_type'})
  const {clientId, clientSecret} = koreClient(state)
  if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret)
    return json(401, {error: 'invalid_client', error_description: 'Invalid client or Invalid client credentials'})
  const content = `${nextHash(state)}.${Math.floor(now) + LASTS_S * 1000}`
  return json(200, {
    access_token: `${content}.${signed(state, content)}`,
    expires_in: LASTS_S,
    token_type: 'Bearer',
    scope: 'email',
  })
}

export function isValidToken(state: Readonly<State>, now: number, authorization: string | undefined): boolean {
  const [, content = '', until = '', signature = ''] =
    /^Bearer ((?:[0-9a-f]{32})\.(\d+))\.([0-9a-f]{32})$/i.exec(authorization ?? '') ?? []
  return signature !== '' && signature === signed(state, content) && now < Number(until)
}

function signed({seed}: Readonly<State>, content: string): string {
  return hash(seed, `KORE token ${content}`)
}
