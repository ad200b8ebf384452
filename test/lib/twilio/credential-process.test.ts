import {describe, expect, it} from '@jest/globals'

import {readCredentialProcess, wordsOfCommand} from '../../../src/lib/twilio/credential-process.js'

const SID = `AC${'1'.repeat(32)}`
const node = `"${process.execPath}"`

const run = async (script: string, signal = new AbortController().signal) =>
  readCredentialProcess(`${node} -e '${script}'`, {profile: 'staging', env: process.env, signal, interactive: false})

describe('the command of a credential process', () => {
  it('is a program with arguments, some in quotes; nothing in it is replaced', () => {
    expect(wordsOfCommand(`op read "op://a b/c" --x='$HOME "y"' *`)).toEqual([
      'op',
      'read',
      'op://a b/c',
      '--x=$HOME "y"',
      '*',
    ])
  })

  it.each([
    '',
    ' ',
    'op "read',
    "op 'x",
    'op read | jq .',
    'op read && x',
    'op > x',
    'op 2>/dev/null',
    './op',
    'bin/op',
  ])('is refused where it would need a shell or a folder: %s', (command) => {
    expect(() => wordsOfCommand(command)).toThrow(expect.objectContaining({code: 'SETTING_INVALID', exitCode: 2}))
  })
})

describe('what a credential process prints', () => {
  it('is taken for the credentials of the profile that the process is asked for', async () => {
    const script = `console.log(JSON.stringify({accountSid: "${SID}", authToken: process.env.AKA_TWILIO_PROFILE}))`
    expect(await run(script)).toMatchObject({accountSid: SID, username: SID, password: 'staging'})
    const key = `console.log(JSON.stringify({accountSid: "${SID}", apiKey: "SK1", apiSecret: "s"}))`
    expect(await run(key)).toMatchObject({username: 'SK1', password: 's'})
  })

  it.each([
    ['fails', 'console.log("a-secret"); console.error("a-secret"); process.exit(3)', /exit code 3/],
    ['is no JSON', 'console.log("a-secret")', /not JSON/],
    ['is something else', 'console.log(JSON.stringify({token: "a-secret"}))', /no accountSid/],
    ['is a list', 'console.log("[1]")', /no accountSid/],
    ['is endless', 'setInterval(() => console.log("a-secret".repeat(9999)), 1)', /far more/],
  ])('is never shown where it %s: a sentence, and exit 5', async (_, script, says) => {
    const failure = await run(script).catch((error: unknown) => error)
    expect(failure).toMatchObject({code: 'CREDENTIAL_PROCESS_FAILED', exitCode: 5})
    expect((failure as Error).message).toMatch(says)
    expect(JSON.stringify([(failure as Error).message, failure])).not.toContain('a-secret')
  })

  it('is missed where there is no such program, with a sentence, and nothing keeps the process alive', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
    const before = timers()
    const signal = new AbortController().signal
    const missing = readCredentialProcess('no-such-program-of-ours x', {
      profile: 'default',
      env: process.env,
      signal,
      interactive: false,
    })
    await expect(missing).rejects.toMatchObject({
      exitCode: 5,
      message: expect.stringContaining('no such program') as unknown,
    })
    expect(timers()).toBe(before)
  })

  it('is stopped when its time is over, with a sentence', async () => {
    const slow = readCredentialProcess(`"${process.execPath}" -e "setInterval(() => undefined, 1000)"`, {
      profile: 'default',
      env: process.env,
      signal: new AbortController().signal,
      interactive: false,
      timeoutMs: 200,
    })
    await expect(slow).rejects.toMatchObject({
      exitCode: 5,
      message: expect.stringContaining('did not end within 0.2 s') as unknown,
    })
  })

  it('is not waited for after Ctrl-C', async () => {
    const controller = new AbortController()
    const waiting = run('setInterval(() => undefined, 1000)', controller.signal)
    controller.abort()
    await expect(waiting).rejects.toMatchObject({exitCode: 130})
  })
})
