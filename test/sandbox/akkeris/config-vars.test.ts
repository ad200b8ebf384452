import {describe, expect, it} from '@jest/globals'

import {getAppToChange} from '../../../src/sandbox/akkeris/apps.js'
import {SANDBOX_AKKERIS_HOST} from '../../../src/sandbox/sandbox.js'
import {akkeris} from './support.js'

const VARS = '/apps/api-default/config-vars'

describe('config vars', () => {
  it('are merged, and removed by null', async () => {
    const {call, vars} = akkeris()
    await call('PATCH', VARS, {A: '1', B: '2'})
    expect((await call('PATCH', VARS, {B: null, C: '3'})).json()).toEqual({A: '1', C: '3'})
    expect(await vars()).toEqual({A: '1', C: '3'})
  })

  it('make one restart for each change', async () => {
    const {sandbox, call} = akkeris()
    await call('PATCH', VARS, {A: '1', B: '2'})
    await call('PATCH', VARS, {})
    expect(await sandbox.read((state) => state.apps['api-default']?.restarts)).toBe(1)
  })

  it.each([
    ['one that is not there', {A: '1', GONE: null}, 409],
    ['a reserved name', {A: '1', PORT: '80'}, 409],
    ['a reserved prefix', {A: '1', AKKERIS_X: '1'}, 409],
  ])('that were set before %s was refused stay set, without a restart', async (_, change, status) => {
    const {sandbox, call, vars} = akkeris()
    expect((await call('PATCH', VARS, change)).status).toBe(status)
    expect(await vars()).toEqual({A: '1'})
    expect(await sandbox.read((state) => state.apps['api-default']?.restarts)).toBe(0)
  })

  it('with bad names are refused before anything is set', async () => {
    const {call, vars} = akkeris()
    const {status, type, text} = await call('PATCH', VARS, {A: '1', 'B-C': '2'})
    expect([status, type, text]).toEqual([422, 'application/json', expect.stringContaining('B-C')])
    expect(await vars()).toEqual({})
  })

  it('of a platform add-on are seen but not changed', async () => {
    const {sandbox, call, vars} = akkeris()
    await sandbox.change((state) => {
      getAppToChange(state, 'api-default').addonVars = {DATABASE_URL: 'postgres://'}
    })
    expect((await call('PATCH', VARS, {A: '1', DATABASE_URL: 'x'})).status).toBe(409)
    expect(await vars()).toEqual({DATABASE_URL: 'postgres://'})
    await call('PATCH', VARS, {A: '1'})
    expect((await call('GET', `${VARS}/notes`)).json()).toMatchObject({
      A: {type: 'user'},
      DATABASE_URL: {type: 'addon'},
    })
  })

  it('read back redacted in a socs space', async () => {
    const {sandbox, call, vars} = akkeris()
    const change = {TWILIO_SID: 'AC1', TWILIO_AUTH_TOKEN: 'secret'}
    const redacted = {TWILIO_SID: 'AC1', TWILIO_AUTH_TOKEN: '[redacted]'}
    expect((await call('PATCH', '/apps/api-socs/config-vars', change)).json()).toEqual(redacted)
    expect(await vars('api-socs')).toEqual(redacted)
    expect(await sandbox.read((state) => state.apps['api-socs']?.configVars)).toEqual(change)
  })

  it.each([
    ['broken', 'must be a JSON object'],
    ['[]', 'must be a JSON object'],
    ['null', 'must be a JSON object'],
    ['"A"', 'must be a JSON object'],
    ['{"A": 1}', 'A must be a string or null'],
  ])('cannot be changed by the body %s', async (body, reason) => {
    const {sandbox, vars} = akkeris()
    const url = `https://${SANDBOX_AKKERIS_HOST}${VARS}`
    const answer = await sandbox.send({method: 'PATCH', url, headers: {authorization: 'Bearer x'}, body})
    expect([answer.status, answer.body]).toEqual([422, expect.stringContaining(reason)])
    expect(await vars()).toEqual({})
  })
})
