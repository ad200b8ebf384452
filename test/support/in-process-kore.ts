import {connectKore} from '../../src/lib/kore/connect.js'
import type {HttpRequest, HttpResponse} from '../../src/lib/transport/types.js'
import {transportOf} from './in-process.js'

const TOKEN = 'https://api.korewireless.com/api-services/v1/auth/token'

export const json = (status: number, body: unknown): HttpResponse => ({status, headers: {}, body: JSON.stringify(body)})
/** A page of a list of SIMs, without any. */
export const noSims = (next: string | null = null) => json(200, {sims: [], meta: {next_page_url: next}})

export type KoreAnswer = (nth: number, request: HttpRequest) => HttpResponse

/** KORE with these answers to requests for a token, and to others. */
export function startKore({
  token = (nth) => json(200, {access_token: `token-number-${nth}`, expires_in: 3600, token_type: 'Bearer', scope: ''}),
  other = () => noSims(),
  endpoint,
}: {readonly token?: KoreAnswer; readonly other?: KoreAnswer; readonly endpoint?: string} = {}) {
  const [asked, requests]: [HttpRequest[], HttpRequest[]] = [[], []]
  let now = 0
  const paced = transportOf(async (request) => {
    const isToken = request.url === (endpoint === undefined ? TOKEN : TOKEN.replace('https:/', endpoint))
    const list = isToken ? asked : requests
    list.push(request)
    return (isToken ? token : other)(list.length, request)
  })
  const transport = {...paced, now: () => now}
  const account = connectKore({clientId: 'client-1', clientSecret: 'secret of the client'}, {transport, endpoint})
  return {
    account,
    /** For a token, and the others. */
    asked,
    requests,
    pass: (seconds: number) => void (now += seconds * 1000),
    list: async () => (await account.supersim()).v1.sims.list({pageSize: 1000}),
    tokens: () => requests.map(({headers}) => headers.authorization),
  }
}
