import {describe, expect, it} from '@jest/globals'

import {type Context, pathParameter} from '../../../src/sandbox/http/context.js'
import {noContent} from '../../../src/sandbox/http/respond.js'
import {createRouter, type Route} from '../../../src/sandbox/http/router.js'

const route = (method: Route['method'], path: string, product = 'api'): Route => ({
  product,
  method,
  path,
  handle: () => noContent(),
})
const LIST = route('GET', '/2010-04-01/Accounts.json')
const ONE = route('GET', '/2010-04-01/Accounts/{Sid}.json')
const UPDATE = route('POST', '/2010-04-01/Accounts/{Sid}.json')
const ITEM = route('GET', '/v1/Services/{ServiceSid}/Items/{Key}', 'sync')
const find = createRouter([LIST, ONE, UPDATE, ITEM])
const get = (path: string, product = 'api') => find({product, method: 'GET', path})

describe('the router', () => {
  it('finds an operation by product, method and path', () => {
    expect(get('/2010-04-01/Accounts.json').handle).toBe(LIST.handle)
    expect(get('/2010-04-01/Accounts/AC1.json')).toEqual({handle: ONE.handle, params: {Sid: 'AC1'}})
    expect(find({product: 'api', method: 'POST', path: '/2010-04-01/Accounts/AC1.json'}).handle).toBe(UPDATE.handle)
  })

  it('decodes the parameters of the path', () => {
    expect(get('/v1/Services/default/Items/app%2Forder', 'sync').params).toEqual({
      ServiceSid: 'default',
      Key: 'app/order',
    })
  })

  it.each([
    ['/2010-04-01/AccountsXjson', 'api'],
    ['/2010-04-01/Accounts/.json', 'api'],
    ['/2010-04-01/Accounts/AC1/x.json', 'api'],
    ['/prefix/2010-04-01/Accounts.json', 'api'],
    ['/2010-04-01/Accounts.json', 'sync'],
  ])('says that it does not emulate %s of %s', (path, product) => {
    expect(() => get(path, product)).toThrow(
      expect.objectContaining({name: 'NotEmulated', message: `The sandbox does not emulate GET ${path}`}),
    )
  })

  it('answers 404 to a path that cannot be decoded', () => {
    const path = '/v1/Services/default/Items/%E0%A4%A'
    expect(() => get(path, 'sync')).toThrow(expect.objectContaining({status: 404, code: 20404}))
  })

  it('says so of another method, too', () => {
    expect(() => find({product: 'api', method: 'DELETE', path: '/2010-04-01/Accounts/AC1.json'})).toThrow(
      expect.objectContaining({name: 'NotEmulated'}),
    )
  })
})

it('a parameter that the route does not have is a bug', () => {
  expect(() => pathParameter({params: {Sid: 'x'}} satisfies Pick<Context, 'params'>, 'Key')).toThrow('no {Key}')
})
