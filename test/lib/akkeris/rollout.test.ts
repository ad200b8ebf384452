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
    const rollout = await watchRollout(akkerisThatIs(now), 'api-dev')
    expect(await rollout?.isDone()).toBe(false)
    now.dynos = [dyno('b'), dyno('c'), dyno('d')]
    expect(await rollout?.isDone()).toBe(false)
    now.dynos = [dyno('c'), dyno('d', {state: 'starting'})]
    expect(await rollout?.isDone()).toBe(false)
    now.dynos = [dyno('c'), dyno('d', {ready: false})]
    expect(await rollout?.isDone()).toBe(false)
    now.dynos = [dyno('c'), dyno('d', {type: 'worker'})]
    expect(await rollout?.isDone()).toBe(false)
    now.dynos = [dyno('c'), dyno('d', {state: 'up'})]
    expect(await rollout?.isDone()).toBe(true)
  })

  it.each([
    ['there are to be no dynos', {dynos: [], formation: [{type: 'web', quantity: 0}]}],
    ['it was never released', {dynos: [], formation: [{type: 'web', quantity: 1}]}],
    [
      'it does nothing but crash',
      {dynos: [dyno('a', {state: 'app-crashed'})], formation: [{type: 'web', quantity: 1}]},
    ],
    ['there was no release, and Akkeris has no dynos', {releases: []}],
  ] as [string, Now][])('at once where %s', async (_, now) => {
    expect(await (await watchRollout(akkerisThatIs(now), 'api-dev'))?.isDone()).toBe(true)
  })

  it('when there is a newer release that succeeded, where Akkeris has no dynos', async () => {
    const now: Now = {releases: [{id: '1'}]}
    const rollout = await watchRollout(akkerisThatIs(now), 'api-dev')
    expect(await rollout?.isDone()).toBe(false)
    now.releases = [{id: '1'}, {id: '2', status: 'pending'}]
    expect(await rollout?.isDone()).toBe(false)
    now.releases = [{id: '1'}, {id: '2', status: 'succeeded'}]
    expect(await rollout?.isDone()).toBe(true)
  })

  it('although dynos of a type that did not run before do not run', async () => {
    const formation = ['web', 'worker'].map((type) => ({type, quantity: 1}))
    const now: Now = {dynos: [dyno('a'), dyno('b', {type: 'worker', state: 'app-crashed'})], formation}
    const rollout = await watchRollout(akkerisThatIs(now), 'api-dev')
    now.dynos = [dyno('c'), dyno('d', {type: 'worker', state: 'app-crashed'})]
    expect(await rollout?.isDone()).toBe(true)
  })

  it('as another run sees it that knows what there was before', async () => {
    const now: Now = {dynos: [dyno('a')], formation: [{type: 'web', quantity: 1}]}
    const rollout = await watchRollout(akkerisThatIs(now), 'api-dev')
    expect(rollout?.before).toEqual([{id: 'a', type: 'web'}])
    now.dynos = [dyno('a'), dyno('b')]
    const resumed = await watchRollout(akkerisThatIs(now), 'api-dev', rollout?.before)
    expect(await resumed?.isDone()).toBe(false)
    now.dynos = [dyno('b')]
    expect(await resumed?.isDone()).toBe(true)
  })

  it('or nobody can tell', async () => {
    expect(await watchRollout(akkerisThatIs({}), 'api-dev')).toBeUndefined()
  })
})
