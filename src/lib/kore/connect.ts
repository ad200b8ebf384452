import type Supersim from 'twilio/lib/rest/Supersim.js'

import {rememberLogin} from '../secrets.js'
import {problemOf, type Shape} from '../shape.js'
import {throughEndpoint, withoutEndpoint} from '../transport/addresses.js'
import type {SenderOptions, Transport} from '../transport/transport.js'
import type {HttpRequest, Send} from '../transport/types.js'
import {type ApiService, httpClient} from '../twilio/http-client.js'
import type {KoreCredentials} from './credentials.js'
import {KoreRefusal, unreadable} from './errors.js'
import {tokenSource} from './tokens.js'

/** KORE's account: the SDK's Super SIM domain, which speaks the same API there, and what only KORE has. */
export interface KoreAccount {
  readonly clientId: string
  readonly transport: Transport
  supersim(options?: SenderOptions): Promise<Supersim>
  /** @throws {KoreRefusal} */
  get(url: string, answer: Shape): Promise<Readonly<Record<string, unknown>>>
  /** Whether KORE accepts the credentials. @throws {Failure} `credentials` */
  verify(): Promise<void>
}

const superSimHost = 'supersim.api.korewireless.com'

const service: ApiService = {
  // A page is KORE's, whatever host its address names: it may still be that of the former owner.
  address(href, endpoint) {
    const {search} = new URL(href)
    return throughEndpoint(`https://${superSimHost}${placeOf(href, endpoint).pathname}${search}`, endpoint)
  },
  place: ({href}, endpoint) => placeOf(href, endpoint),
  unexpected: 'KORE_RESPONSE_INVALID',
  refusal: (status, body, {pathname}) => KoreRefusal.from(status, body, pathname),
}

function placeOf(href: string, endpoint: string | undefined): {hostname: string; pathname: string} {
  return {hostname: superSimHost, pathname: withoutEndpoint(new URL(href), endpoint).pathname}
}

export function connectKore(
  {clientId, clientSecret}: KoreCredentials,
  {transport, endpoint}: {readonly transport: Transport; readonly endpoint: string | undefined},
): KoreAccount {
  rememberLogin(clientId, clientSecret)
  const tokens = tokenSource({clientId, clientSecret}, {transport, endpoint})

  /** With a token, which may have been revoked before its time: then once more with another. */
  const authorized = (options: SenderOptions = {}): Send => {
    const send = transport.sender(options)
    return async (request) => {
      const token = await tokens.current(options)
      const answer = await send(withToken(request, token))
      if (answer.status !== 401) return answer
      return send(withToken(request, await tokens.after(token, options)))
    }
  }

  return {
    clientId,
    transport,
    async supersim(options) {
      const [{default: Base}, {default: Domain}, {default: Credentials}] = await Promise.all([
        import('twilio/lib/base/BaseTwilio.js'),
        import('twilio/lib/rest/Supersim.js'),
        import('twilio/lib/credential_provider/NoAuthCredentialProvider.js'),
      ])
      // An edge or a region in the environment is Twilio's.
      const sdk = new Base.Client('', '', {
        httpClient: httpClient({send: authorized(options), endpoint, service}),
        edge: '',
        region: '',
      })
      sdk.setCredentialProvider(new Credentials.NoAuthCredentialProvider())
      const domain = new Domain(sdk)
      domain.baseUrl = `https://${superSimHost}`
      return domain
    },
    async get(url, shape) {
      const {host, pathname} = new URL(url)
      const headers = {accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'aka-twilio'}
      const {status, body} = await authorized()({method: 'GET', url: throughEndpoint(url, endpoint), headers})
      if (status >= 300) throw KoreRefusal.from(status, body, pathname)
      const answer: unknown = JSON.parse(body || 'null')
      const problem = problemOf(answer, shape)
      if (problem !== undefined) throw unreadable(`${host} answered GET ${pathname}`, problem)
      return answer as Readonly<Record<string, unknown>>
    },
    async verify() {
      await tokens.current()
    },
  }
}

function withToken(request: HttpRequest, token: string): HttpRequest {
  return {...request, headers: {...request.headers, authorization: `Bearer ${token}`}}
}
