import {mkdir, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {isTwilio} from '../../src/sandbox/sandbox.js'
import {type Finished, json, startWorld, type World} from '../support/cli.js'
import {configVars, runAll, secretsOf, snapshot, spoken, STACK} from './support.js'

/** A machine whose environment names no Akkeris and no login there. */
const noAkkeris = {AKKERIS_API_HOST: undefined, API_TOKEN: undefined}
/** A machine whose environment holds no credentials of Twilio. */
const noTwilio = {TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined}

describe('what is found on the machine', () => {
  let world: World
  /** The Authorization headers that were received. */
  let sent: {readonly akkeris: string[]; readonly twilio: string[]}
  beforeEach(async () => {
    world = await startWorld()
    sent = {akkeris: [], twilio: []}
    world.sandbox.onExchange(({url, headers}) => {
      sent[isTwilio(new URL(url).host) ? 'twilio' : 'akkeris'].push(headers.authorization ?? 'none')
    })
  })
  afterEach(() => world.close())

  async function inHome(path: string, text: string): Promise<void> {
    const file = join(world.home, path)
    await mkdir(dirname(file), {recursive: true})
    await writeFile(file, text)
  }

  const akkerisConfig = (apps: unknown) => inHome('.akkeris/config.json', JSON.stringify({apps, auth: 'unused'}))
  const netrc = (...lines: string[]) => inHome('.netrc', lines.join('\n'))
  const host = () => new URL(world.url).host

  describe('Akkeris', () => {
    /** What one run with this environment sent to Akkeris. */
    async function headersOf(env: Record<string, string | undefined>): Promise<string[]> {
      sent.akkeris.length = 0
      const run = await world.aka('twilio:doctor', {env: {...noAkkeris, ...env}})
      expect(run).toMatchObject({exitCode: 0})
      expect(spoken(run)).not.toContain('word-of-')
      return [...new Set(sent.akkeris)]
    }

    it('is where ~/.akkeris/config.json says, with the login of ~/.netrc: that is enough for a whole add-on', async () => {
      await akkerisConfig(world.url)
      await netrc(
        '# written by aka auth:login',
        'machine api.example.com login me password word-of-another',
        `machine ${host()}`,
        '  login me@example.com',
        '  password word-of-netrc',
      )
      const created = await world.aka('addons:create twilio:small -a api-dev --json', {env: noAkkeris})
      expect(json(created)).toMatchObject({created: true})
      expect(configVars(await snapshot(world), 'api-dev')).toMatchObject({TWILIO_SID: json(created).accountSid})
      expect(new Set(sent.akkeris)).toEqual(new Set(['Bearer word-of-netrc']))
      expect(spoken(created)).not.toContain('word-of-')
    })

    it('is named by the environment rather than by the file', async () => {
      await akkerisConfig('http://127.0.0.1:1')
      expect(await headersOf({AKKERIS_API_HOST: world.url, API_TOKEN: 'word-of-env'})).toEqual(['Bearer word-of-env'])
    })

    it("takes the login of the host with its port, else of the host, else netrc's default", async () => {
      await akkerisConfig(world.url)
      const [ofPort, ofHost, ofAll] = [
        `machine ${host()} login me password word-of-port`,
        'machine 127.0.0.1 login me password word-of-host',
        'default login me password word-of-default',
      ]
      await netrc(ofHost, ofPort, ofAll)
      expect(await headersOf({})).toEqual(['Bearer word-of-port'])
      await netrc(ofHost, 'machine 127.0.0.1:1 login me password word-of-other', ofAll)
      expect(await headersOf({})).toEqual(['Bearer word-of-host'])
      await netrc('machine 127.0.0.1:1 login me password word-of-other', ofAll)
      expect(await headersOf({})).toEqual(['Bearer word-of-default'])
    })

    it('takes API_AUTH as it is before API_TOKEN, and API_TOKEN before ~/.netrc; what is empty counts as none', async () => {
      await akkerisConfig(world.url)
      await netrc(`machine ${host()} login me password word-of-netrc`)
      const [API_TOKEN, API_AUTH] = ['word-of-token', 'Basic word-of-auth==']
      expect(await headersOf({API_TOKEN})).toEqual(['Bearer word-of-token'])
      expect(await headersOf({API_TOKEN, API_AUTH})).toEqual(['Basic word-of-auth=='])
      expect(await headersOf({API_TOKEN: '', API_AUTH: ''})).toEqual(['Bearer word-of-netrc'])
    })

    it('is asked for in a sentence where nothing usable is found (exit 5), with nothing bought', async () => {
      const create = ['addons:create twilio:small -a api-dev --json', {env: noAkkeris}] as const
      const failed = async (code: string) => {
        const run = await world.aka(...create)
        expect(json(run)).toMatchObject({
          error: {code, exitCode: 5, suggestions: expect.arrayContaining([expect.any(String)]) as unknown},
        })
        expect(run).toMatchObject({exitCode: 5})
        expect(run.stderr).not.toMatch(STACK)
      }
      await failed('AKKERIS_HOST_MISSING')
      await inHome('.akkeris/config.json', '{"apps": ')
      await failed('AKKERIS_HOST_MISSING')
      await akkerisConfig(world.url)
      await failed('AKKERIS_LOGIN_MISSING')
      await netrc('machine elsewhere.example.com login me password word-of-another')
      await failed('AKKERIS_LOGIN_MISSING')
      expect(world.sandbox.requests).toEqual([])
    })
  })

  describe('the credentials of Twilio', () => {
    const whoami = ['twilio:whoami --json', {env: noTwilio}] as const
    const basic = (sid: string, secret: string) => `Basic ${Buffer.from(`${sid}:${secret}`).toString('base64')}`

    /** twilio-cli keeps an API key per profile. */
    const twilioCli = (activeProfile: string | null, profiles: Readonly<Record<string, object>>) =>
      inHome('.twilio-cli/config.json', JSON.stringify({email: {}, prompts: {}, activeProfile, profiles}))

    async function profileOf(key: 'apiKey' | 'standardKey'): Promise<object> {
      const credentials = await world.sandbox.credentials()
      const {sid: apiKey, secret: apiSecret} = credentials[key]
      return {accountSid: credentials.accountSid, apiKey, apiSecret, region: null}
    }

    async function expectNoSecret(...runs: Finished[]): Promise<void> {
      const secrets = await secretsOf(world)
      for (const run of runs) for (const secret of secrets) expect(spoken(run)).not.toContain(secret)
    }

    it('are those of the environment before the saved login before the active profile of twilio-cli', async () => {
      const {apiKey} = await world.sandbox.credentials()
      const [byToken, byKey] = [basic(world.accountSid, world.authToken), basic(apiKey.sid, apiKey.secret)]
      await twilioCli('main', {
        other: {accountSid: 'AC1', apiKey: 'SK1', apiSecret: '1'},
        main: await profileOf('apiKey'),
      })
      const ofCli = await world.aka(...whoami)
      expect(json(ofCli)).toMatchObject({
        accountSid: world.accountSid,
        apiKey: apiKey.sid,
        source: expect.stringMatching(/profile main of twilio-cli/) as unknown,
      })
      expect(new Set(sent.twilio.splice(0))).toEqual(new Set([byKey]))

      await world.aka(`twilio:login --account-sid ${world.accountSid}`, {env: noTwilio, stdin: world.authToken})
      sent.twilio.length = 0
      const saved = await world.aka(...whoami)
      expect(json(saved)).toMatchObject({apiKey: null, source: expect.stringMatching(/twilio:login/) as unknown})
      expect(new Set(sent.twilio.splice(0))).toEqual(new Set([byToken]))

      const env = {...noTwilio, TWILIO_ACCOUNT_SID: world.accountSid}
      const keyed = {...env, TWILIO_API_KEY: apiKey.sid, TWILIO_API_SECRET: apiKey.secret}
      const ofKey = await world.aka('twilio:whoami --json', {env: keyed})
      expect(json(ofKey)).toMatchObject({apiKey: apiKey.sid, source: expect.stringMatching(/environment/) as unknown})
      expect(new Set(sent.twilio.splice(0))).toEqual(new Set([byKey]))
      const ofToken = await world.aka('twilio:whoami --json', {env: {...keyed, TWILIO_AUTH_TOKEN: world.authToken}})
      expect(json(ofToken)).toMatchObject({apiKey: null, source: expect.stringMatching(/environment/) as unknown})
      expect(new Set(sent.twilio.splice(0))).toEqual(new Set([byToken]))
      await expectNoSecret(ofCli, saved, ofKey, ofToken)
    })

    it('are enough with the Main key of twilio-cli to make and destroy an add-on', async () => {
      await twilioCli('main', {main: await profileOf('apiKey')})
      const create = await world.aka('addons:create twilio:small -a api-dev --json', {env: noTwilio})
      expect(json(create)).toMatchObject({created: true})
      const destroy = await world.aka('addons:destroy -a api-dev --confirm api-dev --json', {env: noTwilio})
      expect(json(destroy)).toMatchObject({destroyed: true})
      await expectNoSecret(create, destroy)
    })

    it('are refused when they are a Standard key: exit 5, with nothing bought', async () => {
      await twilioCli('main', {main: await profileOf('standardKey')})
      const runs = await runAll(world, {
        whoami,
        create: ['addons:create twilio:small -a api-dev --json', {env: noTwilio}],
      })
      for (const run of Object.values(runs)) {
        expect(run).toMatchObject({exitCode: 5})
        expect(json(run)).toMatchObject({error: {code: 'API_KEY_NOT_MAIN', exitCode: 5}})
        expect(run.stderr).not.toMatch(STACK)
      }
      const {accounts, incomingNumbers} = await snapshot(world)
      expect([accounts.length, incomingNumbers.length]).toEqual([1, 0])
      await expectNoSecret(...Object.values(runs))
    })

    it('are missing when twilio-cli has no active profile, or a broken one: exit 5, and nothing is sent', async () => {
      const missing = async () => {
        const run = await world.aka(...whoami)
        expect(json(run)).toMatchObject({error: {code: 'CREDENTIALS_MISSING', exitCode: 5}})
        expect(run.stderr).not.toMatch(STACK)
      }
      await missing()
      await twilioCli(null, {main: await profileOf('apiKey')})
      await missing()
      await twilioCli('gone', {main: await profileOf('apiKey')})
      await missing()
      await twilioCli('main', {main: {accountSid: world.accountSid}})
      await missing()
      await inHome('.twilio-cli/config.json', '[')
      await missing()
      expect(world.sandbox.requests).toEqual([])
    })
  })
})
