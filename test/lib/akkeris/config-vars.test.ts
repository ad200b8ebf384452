import {beforeEach, describe, expect, it} from '@jest/globals'

import {
  changeConfigVars,
  difference,
  readConfigVars,
  readConfigVarsIfThere,
  readVarOwners,
} from '../../../src/lib/akkeris/config-vars.js'
import {answering, freely, type InProcess, startInProcess, transportOf} from '../../support/in-process.js'

let world: InProcess
beforeEach(async () => {
  world = await startInProcess()
})

const changes = () => world.sandbox.requests.filter(({method}) => method === 'PATCH').map(({json}) => json)

describe('config vars', () => {
  it('are changed all in one request, which restarts the app once', async () => {
    await changeConfigVars(world.akkeris, 'api-dev', {A: '1', B: '2'}, freely)
    await changeConfigVars(world.akkeris, 'api-dev', {A: null, C: '3'}, freely)
    expect(await readConfigVars(world.akkeris, 'api-dev')).toMatchObject({B: '2', C: '3'})
    expect(await readConfigVars(world.akkeris, 'api-dev')).not.toHaveProperty('A')
    expect(changes()).toHaveLength(2)
  })

  it('are not changed a second time where only the answer was lost', async () => {
    world.sandbox.faults.add({method: 'PATCH', when: 'after', do: {drop: true}})
    await changeConfigVars(world.akkeris, 'api-dev', {A: '1', B: '2'}, freely)
    expect(changes()).toEqual([{A: '1', B: '2'}])
  })

  it('are sent again where the request was lost, as far as they are not there yet', async () => {
    // The Apps API changes one after the other: some may have arrived.
    await changeConfigVars(world.akkeris, 'api-dev', {A: '1'}, freely)
    world.sandbox.faults.add({method: 'PATCH', when: 'before', do: {drop: true}})
    await changeConfigVars(world.akkeris, 'api-dev', {A: '1', B: '2', GONE: null}, freely)
    expect(changes().slice(1)).toEqual([{A: '1', B: '2', GONE: null}, {B: '2'}])
    expect(await readConfigVars(world.akkeris, 'api-dev')).toMatchObject({A: '1', B: '2'})
  })

  it('are given up after a few tries, with an outcome that is not known', async () => {
    world.sandbox.faults.add({method: 'PATCH', when: 'before', times: Infinity, do: {status: 503}})
    await expect(changeConfigVars(world.akkeris, 'api-dev', {A: '1'}, freely)).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      exitCode: 7,
    })
    expect(changes().length).toBeLessThan(10)
  })

  it.each([['text'], [null], [['A']]])(
    'are not read where Akkeris answers %j: somebody’s could be overwritten',
    async (body) => {
      const odd = {...world.akkeris, transport: transportOf(answering(200, body))}
      await expect(readConfigVars(odd, 'api-dev')).rejects.toMatchObject({
        code: 'AKKERIS_RESPONSE_INVALID',
        exitCode: 7,
      })
    },
  )

  it('are undefined only where the app is gone', async () => {
    const where = (status: number) => ({...world.akkeris, transport: transportOf(answering(status, 'No'))})
    expect(await readConfigVarsIfThere(where(404), 'api-dev')).toBeUndefined()
    await expect(readConfigVarsIfThere(where(403), 'api-dev')).rejects.toMatchObject({exitCode: 5})
    expect(await readConfigVarsIfThere(world.akkeris, 'api-dev')).toEqual({})
  })
})

describe('who set a config var', () => {
  it('is known from Akkeris, or not at all where it keeps no notes', async () => {
    const where = (status: number, body: unknown) =>
      readVarOwners({...world.akkeris, transport: transportOf(answering(status, body))}, 'api-dev')
    expect(await where(200, {A: {type: 'addon'}, B: {}, C: null})).toEqual({A: 'addon', B: undefined, C: undefined})
    expect(await where(404, 'Not found')).toEqual({})
    await expect(where(403, 'No')).rejects.toMatchObject({exitCode: 5})
  })
})

describe('the difference to what is wanted', () => {
  it('is what would still change something; what cannot be read is written again', () => {
    const vars = {SAME: '1', OTHER: '2', TOKEN: '[redacted]', EMPTY: ''}
    const wanted = {SAME: '1', OTHER: '3', TOKEN: 'x', NEW: '4', GONE: null, EMPTY: null}
    expect(difference(vars, wanted)).toEqual({OTHER: '3', TOKEN: 'x', NEW: '4', EMPTY: null})
    expect(difference(vars, {})).toEqual({})
  })
})
