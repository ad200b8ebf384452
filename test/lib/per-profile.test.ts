import {describe, expect, it} from '@jest/globals'

import {badCredentials, cancelled, conflict, type Failure} from '../../src/lib/errors.js'
import {forEachProfile} from '../../src/lib/per-profile.js'

const noLogin = badCredentials('PROFILE_NOT_FOUND', 'No such login.', 'Log in.')
const busy = conflict('HELD_BY_ANOTHER_RUN', 'Another run works on it.', 'Wait.')

/** A profile with the main account that it logs in to, or why it cannot. */
const login = (name: string, account: string | Error) => ({
  name,
  async accountSid() {
    if (account instanceof Error) throw account
    return account
  },
})

/** Runs the work on the main accounts of these profiles, one of which may fail. */
const run = (logins: ReturnType<typeof login>[], failing: Readonly<Record<string, Error>> = {}) =>
  forEachProfile(logins, async ({name}) => {
    const failure = failing[name]
    if (failure) throw failure
    return `add-ons of ${name}`
  })

describe('work for each profile', () => {
  it('gives each result with its profile and main account', async () => {
    expect(await run([login('prod', 'AC1'), login('dev', 'AC2')])).toEqual({
      parts: [
        {of: {profile: 'prod', mainAccountSid: 'AC1'}, result: 'add-ons of prod'},
        {of: {profile: 'dev', mainAccountSid: 'AC2'}, result: 'add-ons of dev'},
      ],
      read: {
        profiles: [
          {profile: 'prod', mainAccountSid: 'AC1', error: null},
          {profile: 'dev', mainAccountSid: 'AC2', error: null},
        ],
      },
      failures: [],
    })
  })

  it('visits a main account once, by the first login to it', async () => {
    const {parts, read} = await run([login('prod', 'AC1'), login('same', 'AC1')])
    expect(parts.map(({of}) => of.profile)).toEqual(['prod'])
    expect(read.profiles?.map(({profile}) => profile)).toEqual(['prod'])
  })

  it('tries the next login to a main account whose first one failed', async () => {
    const {parts} = await run([login('prod', 'AC1'), login('same', 'AC1')], {prod: busy})
    expect(parts.map(({of}) => of.profile)).toEqual(['same'])
  })

  it('goes on after a profile that fails, and names it', async () => {
    const {parts, read, failures} = await run([login('old', noLogin), login('prod', 'AC1'), login('dev', 'AC2')], {
      prod: busy,
    })
    expect(parts.map(({of}) => of.profile)).toEqual(['dev'])
    expect(failures.map(({message}) => message)).toEqual([`old: ${noLogin.message}`, `prod: ${busy.message}`])
    expect(read.profiles).toMatchObject([
      {profile: 'old', mainAccountSid: null, error: {code: noLogin.code}},
      {profile: 'prod', mainAccountSid: 'AC1', error: {code: busy.code}},
      {profile: 'dev', mainAccountSid: 'AC2', error: null},
    ])
  })

  it('fails as the worst of them where all fail', async () => {
    const failed: unknown = await run([login('old', noLogin), login('prod', 'AC1')], {prod: busy}).catch(
      (error: unknown) => error,
    )
    expect(failed).toMatchObject({code: busy.code, exitCode: Math.max(noLogin.exitCode, busy.exitCode)})
    expect((failed as Failure).message).toMatch(/^prod: /)
  })

  it('ends at Ctrl-C, and at what is no failure of ours', async () => {
    const bug = new TypeError('a bug')
    for (const error of [cancelled(), bug])
      await expect(run([login('prod', 'AC1'), login('dev', 'AC2')], {prod: error})).rejects.toBe(error)
  })
})
