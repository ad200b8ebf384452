import {describe, expect, it} from '@jest/globals'

import {ApiError} from '../../../src/sandbox/http/errors.js'
import {addCard} from '../../../src/sandbox/server/cards.js'
import * as routes from '../../../src/sandbox/twilio/routes.js'
import {A2P_PROFILE_POLICY} from '../../../src/sandbox/world/policies.js'
import {readDocument} from '../../support/openapi.js'
import {simWorld} from '../sim-support.js'

const PAGING = new Set(['PageSize', 'Page', 'PageToken'])

/** What is the same with every value in the sandbox: everything is out of beta, and each brand can do everything. */
const WITHOUT_EFFECT = new Set(['Beta', 'BrandRegistrationSid'])

const lists = Object.values(routes)
  .flat()
  .filter(({method}) => method === 'GET')
  .map((route) => ({route, filters: documentedFilters(route.product, route.path)}))
  .filter(({filters}) => filters.length > 0)

describe('every documented filter is looked at', () => {
  it.each(lists.map((list) => [`${list.route.product} ${list.route.path}`, list] as const))(
    '%s',
    async (_, {route, filters}) => {
      const {sandbox, login, main} = await simWorld()
      const {v1: trusthub} = main.trusthub
      const [profile, product, sim] = await Promise.all([
        trusthub.customerProfiles.list({limit: 1}),
        trusthub.trustProducts.create({friendlyName: 'x', email: 'x@example.com', policySid: A2P_PROFILE_POLICY}),
        main.supersim.v1.sims.list({limit: 1}),
      ])
      const card = await sandbox.change((state, now) => addCard(state, now, 'wireless'))
      await main.sync.v1.services('default').syncMaps.create({uniqueName: 'x'})
      const query = new Recorder()
      await sandbox.read((state, now) => {
        const account = state.accounts.find((each) => each.sid === login.username)
        if (!account) throw new Error('There is no main account.')
        const known: Record<string, string> = {
          AccountSid: account.sid,
          Type: 'Local',
          CountryCode: 'US',
          ServiceSid: 'default',
          MapSid: 'x',
          SimSid: (route.product === 'wireless' ? card : sim[0])?.sid ?? '',
          CustomerProfileSid: profile[0]?.sid ?? '',
          TrustProductSid: product.sid,
          DestinationNumber: '+14155550100',
        }
        try {
          route.handle({
            ...{state, now, method: 'GET', host: `${route.product}.twilio.com`, path: route.path, headers: {}},
            params: Object.fromEntries(
              [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, known[name] ?? name]),
            ),
            query,
            form: new URLSearchParams(),
            caller: {account, kind: 'token'},
          })
        } catch (error) {
          // What a filter that is needed lacks is said after it was looked at.
          if (!(error instanceof ApiError) || error.status === 404) throw error
        }
      })
      expect(filters.filter((name) => !query.asked.has(name))).toEqual([])
    },
  )
})

/** A query without parameters that knows which it was asked for. */
class Recorder extends URLSearchParams {
  readonly asked = new Set<string>()

  override get(name: string): string | null {
    this.asked.add(name)
    return super.get(name)
  }

  override has(name: string): boolean {
    this.asked.add(name)
    return super.has(name)
  }
}

function documentedFilters(product: string, path: string): string[] {
  const version = path.split('/')[1] ?? ''
  const document = readDocument(`${product}_${version === '2010-04-01' ? 'v2010' : version}`)
  const unnamed = (text: string): string => text.replaceAll(/\{\w+\}/g, '{}')
  const wanted = unnamed(path.replace('{Type}', 'Local'))
  const found = Object.entries(document.paths).find(([template]) => unnamed(template) === wanted)
  const parameters = found?.[1].get?.parameters ?? []
  return parameters.flatMap(({name, in: part}) =>
    part === 'query' && !PAGING.has(name) && !WITHOUT_EFFECT.has(name) ? [name] : [],
  )
}
