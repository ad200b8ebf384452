import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {type Finished, json, startWorld, type World} from '../../support/cli.js'
import {inWorld, stateAfter} from '../../support/faults.js'
import {type Run, runAll, runOf, snapshot, STACK, subaccounts} from '../support.js'

const TO = '+14155550100'
const UNREACHABLE = '+14155550000'

let world: World
beforeAll(async () => {
  world = await startWorld()
  await world.aka('addons:create twilio:small -a api-dev')
})
afterAll(() => world.close())

const ready = await stateAfter('addons:create twilio:small -a api-dev')
const number = async () => (await snapshot(world)).incomingNumbers[0]?.phoneNumber
/** Requests to a resource, from here on. */
function requestsFrom(method: string, resource: string) {
  const sofar = world.sandbox.requests.length
  return () =>
    world.sandbox.requests
      .slice(sofar)
      .filter((each) => each.method === method && each.path.endsWith(`/${resource}.json`))
}

describe('twilio:sms:send', () => {
  const send = (to: string, text: string, ...flags: string[]) => [
    'twilio:sms:send',
    '-a',
    'api-dev',
    to,
    text,
    ...flags,
  ]

  it("sends from the add-on's number with the subaccount's own credentials", async () => {
    const posts = requestsFrom('POST', 'Messages')
    const text = 'Tom & Jerry: "1 < 2" – ☃'
    const run = await world.aka(send(TO, text, '--json'))
    const [sub] = subaccounts(await snapshot(world))
    expect(json(run)).toEqual({
      appSpace: 'api-dev',
      message: expect.stringMatching(/^SM/),
      from: await number(),
      to: TO,
      status: 'queued',
      final: false,
      segments: 1,
    })
    expect(posts()).toMatchObject([{username: sub?.sid, form: {From: await number(), To: TO, Body: text}}])
  })

  it('follows it with --wait: delivered, or exit 1 with the reason', async () => {
    const [delivered, not] = await Promise.all([
      world.aka(send(TO, 'followed', '--wait', '--json')),
      world.aka(send(UNREACHABLE, 'followed', '--wait', '--json')),
    ])
    expect(json(delivered)).toMatchObject({status: 'delivered', final: true})
    expect({...not, json: json(not)}).toMatchObject({
      exitCode: 1,
      json: {error: {code: 'RECIPIENT_UNREACHABLE', exitCode: 1, twilio: {code: 30003}}},
    })
    expect(not.stdout).toMatch(/out of reach/)
  })

  it.concurrent.each([
    ['its answer is lost', {when: 'after', do: {drop: true}}],
    ['a 500 comes in place of its answer', {when: 'after', do: {status: 500}}],
  ] as const)('sends once when %s', (_, fault) =>
    inWorld(ready, async (other) => {
      other.sandbox.faults.add({method: 'POST', path: 'Messages.json', ...fault})
      const run = await other.aka(send(TO, 'once', '--json'))
      const sent = await other.sandbox.read(({messages}) => messages)
      expect(json(run)).toMatchObject({message: sent[0]?.sid})
      expect(sent).toHaveLength(1)
    }),
  )

  it('sends the same text again when it is asked to', async () => {
    for (const run of [await world.aka(send(TO, 'again')), await world.aka(send(TO, 'again'))])
      expect(run).toMatchObject({exitCode: 0})
    expect((await snapshot(world)).messages.filter(({body}) => body === 'again')).toHaveLength(2)
  })

  it.concurrent('tells a person to look, not to run it again, when it is not known whether it was sent', () =>
    inWorld(ready, async (other) => {
      other.sandbox.faults.add({method: 'POST', path: 'Messages.json', when: 'before', do: {status: 503}})
      const run = await other.aka(send(TO, 'unknown'))
      expect(run).toMatchObject({exitCode: 7, stdout: ''})
      expect(run.stderr).toMatch(/not known whether the message to .* was sent/)
      expect(run.stderr).not.toMatch(/again: it resumes/)
    }),
  )

  it('says in a sentence what Twilio refuses, and how to fix it', async () => {
    const cases = {
      '+15005550001': [21211, /digit by digit/],
      '+15005550002': [21612, /guidelines/],
      '+15005550003': [21408, /geo-permissions/],
      '+15005550004': [21610, /START/],
      '+15005550009': [21614, /mobile/],
    } as const
    const runs = await runAll(
      world,
      Object.fromEntries(Object.keys(cases).map((to) => [to, `twilio:sms:send -a api-dev ${to} hello --json`])),
    )
    for (const [to, [code, way]] of Object.entries(cases)) {
      const {error} = json(runOf(runs, to)) as {error: {message: string; suggestions: string[]}}
      expect(error).toMatchObject({exitCode: 1, twilio: {code, status: 400}})
      expect(error.message).toContain(`(Twilio error ${code})`)
      expect(error.suggestions.join('\n')).toMatch(way)
    }
  })
})

describe('twilio:calls:create', () => {
  const call = (...flags: string[]) => ['twilio:calls:create', '-a', 'api-dev', ...flags]

  it('says a text, escaped, in the voice and language that were asked for; or asks a URL', async () => {
    const posts = requestsFrom('POST', 'Calls')
    const text = 'Tom & Jerry: "1 < 2" </Say><Hangup/>'
    const said = await world.aka(call(TO, '--say', text, '--voice', 'Polly.Joanna', '--language', 'en-US', '--json'))
    const asked = await world.aka(call(TO, '--url', 'https://x.example/voice?a=1&b=2', '--json'))
    expect(json(said)).toEqual({
      appSpace: 'api-dev',
      call: expect.stringMatching(/^CA/),
      from: await number(),
      to: TO,
      status: 'queued',
      final: false,
      durationSeconds: null,
    })
    expect(json(asked)).toMatchObject({status: 'queued'})
    const [sub] = subaccounts(await snapshot(world))
    expect(posts()).toMatchObject([
      {
        username: sub?.sid,
        form: {
          From: await number(),
          To: TO,
          Twiml: expect.stringContaining(
            '<Say voice="Polly.Joanna" language="en-US">Tom &amp; Jerry: "1 &lt; 2" &lt;/Say&gt;&lt;Hangup/&gt;</Say>',
          ),
        },
      },
      {form: {Url: 'https://x.example/voice?a=1&b=2'}},
    ])
  })

  it('follows it with --wait: completed, or exit 1 when nobody was reached', async () => {
    const [completed, not] = await Promise.all([
      world.aka(call(TO, '--say', 'hello', '--wait', '--json')),
      world.aka(call(UNREACHABLE, '--say', 'hello', '--wait', '--json')),
    ])
    expect(json(completed)).toMatchObject({status: 'completed', final: true, durationSeconds: 2})
    expect({...not, json: json(not)}).toMatchObject({exitCode: 1, json: {error: {code: 'CALL_NO_ANSWER', exitCode: 1}}})
  })

  it.concurrent('calls once when the answer is lost', () =>
    inWorld(ready, async (other) => {
      other.sandbox.faults.add({method: 'POST', path: 'Calls.json', when: 'after', do: {drop: true}})
      const run = await other.aka(call(TO, '--say', 'hello', '--json'))
      const made = await other.sandbox.read(({calls}) => calls)
      expect(json(run)).toMatchObject({call: made[0]?.sid})
      expect(made).toHaveLength(1)
    }),
  )

  it('says in a sentence what Twilio refuses, and how to fix it', async () => {
    const cases = {
      '+15005550001': [21217, /digit by digit/],
      '+15005550002': [21214, /digit by digit/],
      '+15005550003': [21215, /geo-permissions/],
      '+15005550004': [21216, /customer profile/i],
    } as const
    const runs = await runAll(
      world,
      Object.fromEntries(
        Object.keys(cases).map((to) => [to, `twilio:calls:create -a api-dev ${to} --say hello --json`]),
      ),
    )
    for (const [to, [code, way]] of Object.entries(cases)) {
      const run = runOf(runs, to)
      expect(json(run)).toMatchObject({error: {exitCode: 1, twilio: {code, status: 400}}})
      expect(run.stdout).toMatch(way)
    }
  })
})

describe('what cannot be sent', () => {
  const long = 'x'.repeat(1601)
  const cases: [sentence: string, exitCode: number, run: Run | readonly string[], says: RegExp][] = [
    ['a number without plus', 2, 'twilio:sms:send -a api-dev 4155550100 hello', /E\.164/],
    ['a number that cannot be', 2, 'twilio:calls:create -a api-dev +1415 --say hello', /E\.164/],
    ['no text', 2, 'twilio:sms:send -a api-dev +14155550100', /Missing TEXT/],
    ['an empty text', 2, ['twilio:sms:send', '-a', 'api-dev', TO, ' '], /nothing to send/],
    ['a text that is too long', 2, ['twilio:sms:send', '-a', 'api-dev', TO, long], /1601.*1600/],
    ['nothing to say', 2, ['twilio:calls:create', '-a', 'api-dev', TO, '--say', ' '], /nothing to say/],
    ['too much to say', 2, ['twilio:calls:create', '-a', 'api-dev', TO, '--say', long.repeat(3)], /--url/],
    ['neither --say nor --url', 2, `twilio:calls:create -a api-dev ${TO}`, /--say/],
    ['both', 2, `twilio:calls:create -a api-dev ${TO} --say hello --url https://x.example`, /--say/],
    ['a URL that is none', 2, `twilio:calls:create -a api-dev ${TO} --url voice`, /--url/],
    ['--voice without --say', 2, `twilio:calls:create -a api-dev ${TO} --url https://x.example --voice x`, /--say/],
    ['from where there is no add-on', 4, `twilio:sms:send -a none-dev ${TO} hello`, /addons:create/],
  ]

  it.each(cases)('%s (exit %s)', async (_, exitCode, args, says) => {
    const sofar = world.sandbox.requests.length
    const run: Finished = await world.aka(args as string | readonly string[])
    expect(run).toMatchObject({exitCode, stdout: ''})
    expect(run.stderr).toMatch(says)
    expect(run.stderr).toMatch(/→ \S/)
    expect(run.stderr).not.toMatch(STACK)
    const sent = world.sandbox.requests.slice(sofar)
    expect(exitCode === 2 ? sent : sent.filter(({method}) => method !== 'GET')).toEqual([])
  })
})
