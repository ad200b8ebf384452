import type {HttpResponse} from '../../../lib/transport/types.js'
import {refuseStandardKeys} from '../../http/access.js'
import type {Context} from '../../http/context.js'
import {ApiError, notFound} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {json, noContent} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {secondaryTokenOf} from '../../state/accounts.js'
import {nextHash} from '../../state/ids.js'
import type {SecondaryToken} from '../../state/types/accounts.js'

const SECONDARY = '/v1/AuthTokens/Secondary'
const PROMOTE = '/v1/AuthTokens/Promote'

export const authTokenRoutes: readonly Route[] = [
  {product: 'accounts', method: 'POST', path: SECONDARY, handle: create},
  {product: 'accounts', method: 'DELETE', path: SECONDARY, handle: remove},
  {product: 'accounts', method: 'POST', path: PROMOTE, handle: promote},
]

function create(context: Context): HttpResponse {
  const {state, caller, now} = context
  refuseStandardKeys(context)
  if (secondaryTokenOf(state, caller.account.sid))
    throw new ApiError(400, 70002, 'The account has a secondary auth token already')
  const secondary: SecondaryToken = {accountSid: caller.account.sid, token: nextHash(state), createdAt: now}
  state.secondaryTokens.push(secondary)
  return json(201, {...render(secondary, now, SECONDARY), secondary_auth_token: secondary.token})
}

function remove(context: Context): HttpResponse {
  removeSecondaryToken(context)
  return noContent()
}

function promote(context: Context): HttpResponse {
  const {caller, now} = context
  const secondary = removeSecondaryToken(context)
  caller.account.authToken = secondary.token
  caller.account.updatedAt = now
  return json(200, {...render(secondary, now, PROMOTE), auth_token: secondary.token})
}

/** Gives the caller's secondary token, which is no longer one. */
function removeSecondaryToken(context: Context): SecondaryToken {
  const {state, caller, path} = context
  refuseStandardKeys(context)
  const secondary = secondaryTokenOf(state, caller.account.sid)
  // Twilio shows the path without its version.
  if (!secondary) throw notFound(path.replace('/v1', ''))
  state.secondaryTokens = state.secondaryTokens.filter((each) => each !== secondary)
  return secondary
}

function render({accountSid, createdAt}: SecondaryToken, now: number, path: string) {
  return {
    account_sid: accountSid,
    date_created: iso8601(createdAt),
    date_updated: iso8601(now),
    url: `https://accounts.twilio.com${path}`,
  }
}
