import {describe, expect, it} from '@jest/globals'

import type {HttpRequest} from '../../../../src/lib/transport/types.js'
import type {Caller} from '../../../../src/sandbox/http/auth.js'
import {NotEmulated} from '../../../../src/sandbox/http/errors.js'
import {createRouter} from '../../../../src/sandbox/http/router.js'
import type {Owned} from '../../../../src/sandbox/state/types/common.js'
import {callerResource, refersTo, type Resource, v2010Resource} from '../../../../src/sandbox/twilio/shared/resource.js'
import {contextOf, exampleState, NOW} from '../../state-support.js'

interface Thing extends Owned {
  colour: string | null
  uniqueName: string | null
}

/** Two accounts with things, and the operations on them. */
function world({readOnly = false} = {}) {
  const example = exampleState()
  const {main, sub} = example
  const thing = (sid: string, accountSid: string, colour: string | null): Thing => {
    return {sid, accountSid, colour, uniqueName: `name of ${sid}`, createdAt: NOW}
  }
  let things = [
    thing('T1', main.sid, 'red'),
    thing('T2', main.sid, 'blue'),
    thing('T3', sub.sid, 'red'),
    thing('T4', main.sid, null),
  ]
  const readable: Resource<Thing> = {
    key: 'things',
    all: () => things,
    filters: {
      Colour: ({colour}) => colour,
      Longer:
        ({sid}) =>
        (text) =>
          sid.length > text.length,
    },
    render: ({sid, colour}) => ({sid, colour}),
  }
  const changeable: Resource<Thing> = {
    ...readable,
    create: (_, {sid}) => {
      const created = thing('T5', sid, 'new')
      things.push(created)
      return created
    },
    update: (item, {form}) => void (item.colour = form.get('Colour')),
    remove: ({sid}) => void (things = things.filter((each) => each.sid !== sid)),
  }
  const resource = readOnly ? readable : changeable
  const find = createRouter([...callerResource('sync', '/v1/Things', resource), ...v2010Resource('Things', resource)])
  /** The answer to a request, by default of the main account. */
  const send = (
    method: HttpRequest['method'],
    path: string,
    {
      query = '',
      form = '',
      caller = {account: main, kind: 'token'},
    }: {query?: string; form?: string; caller?: Caller} = {},
  ) => {
    const {handle, params} = find({product: path.startsWith('/v1') ? 'sync' : 'api', method, path})
    const {status, body} = handle(contextOf(example, {method, path, params, query, form, caller}))
    return {status, body: body === '' ? undefined : (JSON.parse(body) as Record<string, unknown>)}
  }
  const list = (query = '', path = '/v1/Things', caller?: Caller) =>
    (send('GET', path, {query, ...(caller && {caller})}).body?.things as {sid: string}[]).map(({sid}) => sid)
  return {...example, send, list, things: () => things}
}

const code = (status: number) => expect.objectContaining({status})

describe('a list', () => {
  it('has what the account owns, newest first', () => {
    const {list, main, sub} = world()
    expect(list()).toEqual(['T4', 'T2', 'T1'])
    expect(list('', '/v1/Things', {account: sub, kind: 'token'})).toEqual(['T3'])
    expect(list('', `/2010-04-01/Accounts/${sub.sid}/Things.json`)).toEqual(['T3'])
    expect(list('', `/2010-04-01/Accounts/${main.sid}/Things.json`)).toEqual(['T4', 'T2', 'T1'])
  })

  it('is filtered by what the request asks for, all of it', () => {
    const {list} = world()
    expect([list('Colour=red'), list('Colour=green'), list('Other=red')]).toEqual([['T1'], [], ['T4', 'T2', 'T1']])
    // What has no value does not pass an empty filter.
    expect(list('Colour=')).toEqual([])
    expect([list('Longer=x'), list('Longer=xx'), list('Longer=x&Colour=blue')]).toEqual([
      ['T4', 'T2', 'T1'],
      [],
      ['T2'],
    ])
  })
})

describe('one resource', () => {
  it('is fetched by SID or unique name, by its own account', () => {
    const {send, sub} = world()
    expect(send('GET', '/v1/Things/T1')).toEqual({status: 200, body: {sid: 'T1', colour: 'red'}})
    expect(send('GET', '/v1/Things/name%20of%20T1').body?.sid).toBe('T1')
    expect(() => send('GET', '/v1/Things/T3')).toThrow(code(404))
    expect(send('GET', `/2010-04-01/Accounts/${sub.sid}/Things/T3.json`).body?.sid).toBe('T3')
    expect(() => send('GET', `/2010-04-01/Accounts/${sub.sid}/Things/T1.json`)).toThrow(code(404))
  })

  it('is created for the account, updated and deleted', () => {
    const {send, sub, things} = world()
    const path = `/2010-04-01/Accounts/${sub.sid}/Things`
    expect(send('POST', `${path}.json`)).toEqual({status: 201, body: {sid: 'T5', colour: 'new'}})
    expect(things().at(-1)?.accountSid).toBe(sub.sid)
    expect(send('POST', `${path}/T5.json`, {form: 'Colour=old'})).toEqual({
      status: 200,
      body: {sid: 'T5', colour: 'old'},
    })
    expect(send('DELETE', `${path}/T5.json`)).toEqual({status: 204, body: undefined})
    expect(() => send('DELETE', `${path}/T5.json`)).toThrow(code(404))
  })

  it('cannot be changed without the functions for it', () => {
    const {send} = world({readOnly: true})
    expect(() => send('POST', '/v1/Things')).toThrow(NotEmulated)
    expect(() => send('POST', '/v1/Things/T1')).toThrow(NotEmulated)
    expect(() => send('DELETE', '/v1/Things/T1')).toThrow(NotEmulated)
  })
})

it('a filter can name another resource of the caller’s, by SID or unique name', () => {
  const {things, state, main, sub} = world()
  const filter = (sid: string | null, account = main) => refersTo(contextOf({state, main: account}), things(), sid)
  expect([filter('T1')('T1'), filter('T1')('name of T1'), filter('T1')('T2')]).toEqual([true, true, false])
  expect([filter(null)('T1'), filter('T1', sub)('T1')]).toEqual([false, false])
})
