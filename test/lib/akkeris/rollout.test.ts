import {describe, expect, it} from '@jest/globals'

import {watchRollout} from '../../../src/lib/akkeris/rollout.js'
import {transportOf} from '../../support/in-process.js'

interface Now {
  dynos?: {id: string; type: string; state?: string; ready?: boolean}[]
  formation?: {type: string; quantity: number}[]
  releases?: {id: string; status?: string}[]
}

/** An Akkeris that answers as it is at the moment; 404 for what it does not have. */
function akkerisThatIs(now: Now) {
  const transport = transportOf(async ({url}) => {
    const body = now[url.split('/').at(-1) as keyof Now]
    return {status: body ? 200 : 404, headers: {}, body: JSON.stringify(body ?? 'Not found')}
  })
  return {baseUrl: 'https://x.example.com', host: 'x.example.com', authorization: 'x', transport}
}

const dyno = (id: string, more = {}) => ({id, type: 'web', state: 'running', ...more})

describe('an app runs with its new config vars', () => {
  it('when no dyno of before is left, and as many new ones run as there are to be', async () => {
    const now: Now = {dynos: [dyno('a'), dyno('b')], formation: [{type: 'web', quantity: 2}]}
    const isRolledOut = await watchRollout(akkerisThatIs(now), 'api-dev')
    expect(await isRolledOut?.()).toBe(false)
    now.dynos = [dyno('b'), dyno('c'), dyno('d')]
    expect(await isRolledOut?.()).toBe(false)
    now.dynos = [dyno('c'), dyno('d', {state: 'starting'})]
    expect(await isRolledOut?.()).toBe(false)
    now.dynos = [dyno('c'), dyno('d', {ready: false})]
    expect(await isRolledOut?.()).toBe(false)
    now.dynos = [dyno('c'), dyno('d', {type: 'worker'})]
    expect(await isRolledOut?.()).toBe(false)
    now.dynos = [dyno('c'), dyno('d', {state: 'up'})]
    expect(await isRolledOut?.()).toBe(true)
  })

  it('at once where there are to be no dynos', async () => {
    const now: Now = {dynos: [], formation: [{type: 'web', quantity: 0}]}
    expect(await (await watchRollout(akkerisThatIs(now), 'api-dev'))?.()).toBe(true)
  })

  it('when there is a newer release that succeeded, where Akkeris has no dynos', async () => {
    const now: Now = {releases: [{id: '1'}]}
    const isRolledOut = await watchRollout(akkerisThatIs(now), 'api-dev')
    expect(await isRolledOut?.()).toBe(false)
    now.releases = [{id: '1'}, {id: '2', status: 'pending'}]
    expect(await isRolledOut?.()).toBe(false)
    now.releases = [{id: '1'}, {id: '2', status: 'succeeded'}]
    expect(await isRolledOut?.()).toBe(true)
  })

  it('or nobody can tell', async () => {
    expect(await watchRollout(akkerisThatIs({}), 'api-dev')).toBeUndefined()
  })
})
