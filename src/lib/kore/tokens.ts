import {ourCommand} from '../command-line.js'
import {badCredentials, Failure, UnknownOutcome} from '../errors.js'
import {quoted, rememberSecret} from '../secrets.js'
import {isObject, problemOf} from '../shape.js'
import {throughEndpoint} from '../transport/addresses.js'
import type {SenderOptions, Transport} from '../transport/transport.js'
import type {HttpResponse} from '../transport/types.js'
import type {KoreCredentials} from './credentials.js'
import {KoreRefusal, unreadable} from './errors.js'

const tokenUrl = 'https://api.korewireless.com/api-services/v1/auth/token'

/** Before a token expires: longer than a request with it takes. Of one that lasts only minutes, a tenth. */
const mostMarginMs = 60_000

/** Where an answer does not say how long its token lasts. */
const usualSeconds = 3600

interface Token {
  readonly text: string
  /** By the transport's clock. */
  readonly until: number
}

/** Access tokens of this run: in memory alone, and each for as many requests as it lasts. */
export interface TokenSource {
  current(options?: SenderOptions): Promise<string>
  /** Another one than this, which KORE does not accept. */
  after(refused: string, options?: SenderOptions): Promise<string>
}

export function tokenSource(
  credentials: KoreCredentials,
  {transport, endpoint}: {readonly transport: Transport; readonly endpoint: string | undefined},
): TokenSource {
  let latest: Promise<Token> | undefined
  const renew = async (options: SenderOptions): Promise<Token> => {
    const fetching = fetchToken(credentials, {transport, endpoint, options})
    latest = fetching
    try {
      return await fetching
    } catch (error) {
      if (latest === fetching) latest = undefined
      throw error
    }
  }
  const unless = async (isUseless: (token: Token) => boolean, options: SenderOptions): Promise<string> => {
    const awaited = latest
    const known = await awaited?.catch(undefinedIfInterrupted)
    if (known && !isUseless(known)) return known.text
    // Whoever waited for the same one may be fetching another already.
    const other = latest === awaited ? undefined : latest
    return (await (other ?? renew(options))).text
  }
  return {
    current: (options = {}) => unless(({until}) => until <= transport.now(), options),
    after: (refused, options = {}) => unless(({text}) => text === refused, options),
  }
}

/** What tidies up behind an interrupted run fetches one for itself. */
function undefinedIfInterrupted(error: unknown): undefined {
  if (!(error instanceof Failure) || error.outcome !== 'interrupted') throw error
}

/** A second token does no harm, so a request whose answer is lost is simply sent again. */
const tries = 4

async function fetchToken(
  {clientId, clientSecret}: KoreCredentials,
  {
    transport,
    endpoint,
    options: {evenIfInterrupted = false},
  }: {readonly transport: Transport; readonly endpoint: string | undefined; readonly options: SenderOptions},
): Promise<Token> {
  const request = {
    method: 'POST',
    url: throughEndpoint(tokenUrl, endpoint),
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'aka-twilio',
    },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }).toString(),
  } as const
  for (let retry = 1; ; retry++) {
    const askedAt = transport.now()
    try {
      return tokenIn(await transport.sender({evenIfInterrupted})(request), askedAt)
    } catch (error) {
      if (!(error instanceof UnknownOutcome)) throw error
      if (retry === tries) throw unavailable(error)
      await transport.pause(retry)
    }
  }
}

/** Nothing was changed: for whoever wanted to send something with the token, it is certain that it was not sent. */
function unavailable({message, cause}: UnknownOutcome): Failure {
  return new Failure({
    code: 'SERVICE_UNAVAILABLE',
    message: `KORE gave no access token: ${message.replace(/\.$/, '')}, ${tries} times in a row.`,
    suggestions: ['Nothing was rolled back: run the same command again later to resume.'],
    cause,
  })
}

function tokenIn({status, body}: HttpResponse, askedAt: number): Token {
  const answer = parsed(body)
  if (status >= 300) throw refusalOf(status, answer, body)
  const problem =
    problemOf(answer, {access_token: 'text', expires_in: 'amount?', token_type: 'string?'}) ?? tokenProblem(answer)
  if (problem !== undefined) throw unreadable('KORE answered the request for a token', problem)
  const {access_token: text, expires_in: seconds} = answer as {access_token: string; expires_in?: unknown}
  rememberSecret(text)
  const lastsMs = (Number(seconds) || usualSeconds) * 1000
  return {text, until: askedAt + lastsMs - Math.min(mostMarginMs, lastsMs / 10)}
}

/** What cannot stand in a header, or is no bearer token. */
function tokenProblem(answer: unknown): string | undefined {
  const {access_token: text, token_type: type} = answer as {access_token: string; token_type?: string | null}
  if (!/^[\x21-\x7e]+$/.test(text)) return 'access_token has characters that no token has'
  return type && !/^bearer$/i.test(type) ? 'token_type is not Bearer' : undefined
}

function refusalOf(status: number, answer: unknown, body: string): Failure {
  const {error, error_description: description} = isObject(answer) ? answer : {}
  const isLogin = status === 401 || status === 403 || error === 'invalid_client' || error === 'unauthorized_client'
  if (!isLogin) return KoreRefusal.from(status, body, 'token')
  const reason = [description, error].find((each) => typeof each === 'string' && each !== '') ?? `HTTP ${status}`
  return badCredentials(
    'KORE_CREDENTIALS_REFUSED',
    `KORE does not accept the API client: ${quoted(reason as string)}`,
    `Check the client id and the client secret in KORE's console, then run \`${ourCommand('twilio:login --kore')}\` (or set KORE_CLIENT_ID and KORE_CLIENT_SECRET).`,
  )
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
