import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {badCredentials} from '../../../src/lib/errors.js'
import {builtIn, readRules} from '../../../src/lib/registration/policy.js'
import {POLICIES} from '../../../src/sandbox/world/policies.js'
import {type InProcess, startInProcess} from '../../support/in-process.js'

let folder: string
let world: InProcess
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
  world = await startInProcess()
})
afterEach(() => rm(folder, {recursive: true}))

const read = (of: string | undefined = 'https://trusthub.twilio.com') => readRules(async () => world.main, {folder, of})
const offline = () => world.sandbox.faults.add({path: 'Policies', when: 'before', times: 99, do: {drop: true}})
const cacheFile = () => join(folder, 'policies.json')

/** As if it had been read so long ago. */
async function age(days: number) {
  const text = await readFile(cacheFile(), 'utf8')
  const then = new Date(Date.now() - days * 86_400_000).toISOString()
  await writeFile(cacheFile(), text.replace(/"readAt":"[^"]*"/, `"readAt":"${then}"`))
}

describe('what Twilio asks for', () => {
  it('is read, and then kept for a week', async () => {
    const first = await read()
    expect(first).toMatchObject({source: 'twilio', readAt: expect.stringMatching(/Z$/)})
    offline()
    await age(6)
    expect(await read()).toMatchObject({source: 'cache', asked: first.asked})
  })

  it('is what was built in, as long as Twilio asks for the same', async () => {
    const {asked} = await read()
    for (const part of ['business', 'representative', 'a2p'] as const)
      expect([...asked[part]].sort()).toEqual([...builtIn.asked[part]].sort())
  })

  it('is read again after a week, and is what was read last where Twilio gives no answer', async () => {
    await read()
    await age(8)
    expect(await read()).toMatchObject({source: 'twilio'})
    await age(8)
    offline()
    expect(await read()).toMatchObject({source: 'cache'})
  })

  it('is what is built in without a login, and where nothing can be kept', async () => {
    const noLogin = async () => Promise.reject(badCredentials('CREDENTIALS_MISSING', 'There is no login.', 'Log in.'))
    expect(await readRules(noLogin, {folder, of: 'x'})).toBe(builtIn)
    offline()
    expect(await read()).toBe(builtIn)
  })

  it.each(['{', '[]', '{"https://trusthub.twilio.com":{"readAt":"2026-01-01T00:00:00Z","asked":{"business":[]}}}'])(
    'is not taken from a cache that is none: %s',
    async (text) => {
      await writeFile(cacheFile(), text)
      expect(await read()).toMatchObject({source: 'twilio'})
    },
  )

  it('is of one Twilio, and kept of no sandbox', async () => {
    await read()
    expect(await read('http://127.0.0.1:8765')).toMatchObject({source: 'twilio'})
    await readRules(async () => world.main, {folder, of: undefined})
    expect(Object.keys(JSON.parse(await readFile(cacheFile(), 'utf8')) as object)).toEqual(['http://127.0.0.1:8765'])
  })

  it('is not believed where it asks for nothing of a part', async () => {
    const [, secondary] = POLICIES
    const body = JSON.stringify({sid: secondary?.sid, friendly_name: 'x', requirements: {end_user: []}, url: 'x'})
    world.sandbox.faults.add({path: 'Policies', when: 'before', times: 2, do: {status: 200, body}})
    expect(await read()).toBe(builtIn)
  })
})
