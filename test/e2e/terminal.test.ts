import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {stripVTControlCharacters} from 'node:util'

import {afterEach, beforeEach, expect, it as always} from '@jest/globals'

import {configVars, expectOneOfEach, expectStopAtPurchase, snapshot, STACK, subaccounts} from '../commands/support.js'
import {BIN, startWorld, type World} from '../support/cli.js'
import {refusal} from '../support/faults.js'
import {inTurn} from '../support/runs.js'
import {CTRL_C, CTRL_D, describeOnTerminal, DOWN, ENTER, onTerminal, type Terminal} from '../support/terminal.js'

// eslint-disable-next-line no-control-regex
const COLOUR = /\u001B\[[\d;]*m/

const it = inTurn(always)

describeOnTerminal('on a terminal', () => {
  let world: World
  let open: Terminal[]
  beforeEach(async () => {
    open = []
    world = await startWorld()
  })
  afterEach(async () => {
    for (const terminal of open) terminal.stop()
    await world.close()
  })

  /** Runs the command on a terminal. `more` is for the shell. */
  function aka(args: string, env: Readonly<Record<string, string | undefined>> = {}, more = ''): Terminal {
    const terminal = onTerminal([BIN, args, more], {cwd: world.home, env: {...world.env, ...env}})
    open.push(terminal)
    return terminal
  }

  const noTwilio = {TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined}

  it('twilio:login asks for the SID and the token, and never shows the token', async () => {
    const terminal = aka('twilio:login', noTwilio)
    await terminal.shows(/Account SID:/)
    terminal.type('AC12' + ENTER)
    await terminal.shows(/That is not an account SID/)
    terminal.type('\u0015' + world.accountSid + ENTER)
    await terminal.shows(/Auth token:/)
    terminal.type('0'.repeat(32) + ENTER)
    await terminal.shows(/does not accept this auth token[\s\S]*mistyped or replaced[\s\S]*Account SID:/)
    terminal.type(world.accountSid + ENTER)
    await terminal.shows(/Auth token:/)
    terminal.type(world.authToken)
    await terminal.shows(/\*{32}/)
    terminal.type(ENTER)
    await terminal.shows(new RegExp(`Logged in to .*${world.accountSid}`))
    expect(await terminal.ended).toBe(0)
    expect(stripVTControlCharacters(terminal.shown())).not.toContain(world.authToken)
    expect(terminal.shown()).not.toContain(world.authToken.slice(0, 8))
    expect(await world.aka('twilio:whoami', {env: noTwilio})).toMatchObject({exitCode: 0})
  })

  it('twilio:login saves nothing when it is left with Ctrl-C (exit 130) or the token is wrong (exit 5)', async () => {
    const left = aka('twilio:login', noTwilio)
    await left.shows(/Account SID:/)
    left.type(world.accountSid + ENTER)
    await left.shows(/Auth token:/)
    left.type(CTRL_C)
    expect(await left.ended).toBe(130)
    expect(left.shown()).not.toMatch(STACK)

    const wrong = aka(`twilio:login --account-sid ${world.accountSid}`, noTwilio)
    for (let time = 1; time <= 3; time++) {
      await wrong.shows(/Auth token:/)
      wrong.type(`${'0123456789abcdef'.repeat(2)}${ENTER}`)
      await wrong.shows(/→/)
    }
    expect(await wrong.ended).toBe(5)
    expect(wrong.shown()).not.toMatch(STACK)
    expect(wrong.shown()).not.toContain('0123456789abcdef')
    expect(await world.aka('twilio:whoami', {env: noTwilio})).toMatchObject({exitCode: 5})
  })

  it('offers the app-spaces where none is named; what is typed narrows the list, and nobody is asked with --json', async () => {
    await world.aka('addons:create twilio:small -a api-dev')
    await world.aka('addons:create twilio:small -a web-dev')
    const terminal = aka('twilio:console')
    await terminal.shows(/Which app-space\?[^]*api-dev[^]*web-dev/)
    terminal.type('web')
    await terminal.shows(/❯ web-dev/)
    terminal.type(ENTER)
    await terminal.shows(/console\.twilio\.com.*AC/)
    expect(await terminal.ended).toBe(0)
    expect(await aka('twilio:console --json').ended).toBe(2)
  })

  it('addons:create --pick shows the numbers on the terminal: Enter takes the first, and the result stays pure', async () => {
    const listed = () => world.sandbox.requests.filter(({path}) => path.includes('AvailablePhoneNumbers'))
    const first = aka('addons:create twilio:small -a api-dev --pick --json', {}, '> picked.json')
    await first.shows(/Which number\?[^]*❯ \(\d{3}\) \d{3}-\d{4}[^]*\n +\(\d{3}\) \d{3}-\d{4}/)
    const [, national = ''] = /❯ (\(\d{3}\) \d{3}-\d{4})/.exec(stripVTControlCharacters(first.shown())) ?? []
    expect(listed()).toHaveLength(1)
    expect(subaccounts(await snapshot(world))).toEqual([])
    first.type(ENTER)
    expect(await first.ended).toBe(0)
    const result = JSON.parse(await readFile(join(world.home, 'picked.json'), 'utf8')) as Record<string, unknown>
    expect(result).toMatchObject({created: true, phoneNumber: `+1${national.replaceAll(/\D/g, '')}`})
    expect(configVars(await snapshot(world), 'api-dev').TWILIO_PHONE_NUMBER).toBe(result.phoneNumber)
  })

  it('addons:create --pick shows price and capabilities, and what is typed narrows the list', async () => {
    const terminal = aka('addons:create twilio:small -a api-dev --pick')
    await terminal.shows(/❯ \(\d{3}\) \d{3}-\d{4} {2}.*voice, SMS.*\$1\.15\/month/)
    terminal.type('seattle')
    await terminal.shows(/❯ \(206\) \d{3}-\d{4} {2}Seattle, WA/)
    terminal.type(ENTER)
    expect(await terminal.ended).toBe(0)
    expect(configVars(await snapshot(world), 'api-dev').TWILIO_PHONE_NUMBER).toMatch(/^\+1206/)
  })

  it('addons:create --pick takes another with the arrow keys, and buys nothing at Ctrl-C (exit 130)', async () => {
    const left = aka('addons:create twilio:small -a api-dev --pick')
    await left.shows(/Which number\?[^]*❯/)
    left.type(CTRL_C)
    expect(await left.ended).toBe(130)
    expect(left.shown()).toContain('Cancelled; nothing was changed.')
    expect(left.shown()).not.toMatch(STACK)
    expect(subaccounts(await snapshot(world))).toEqual([])
    expect((await snapshot(world)).syncMaps).toEqual([])

    const second = aka('addons:create twilio:small -a api-dev --pick')
    await second.shows(/Which number\?[^]*❯/)
    const [, , other = ''] =
      /❯ (\(\d{3}\) \d{3}-\d{4})[^\n]*\n +(\(\d{3}\) \d{3}-\d{4})/.exec(stripVTControlCharacters(second.shown())) ?? []
    second.type(DOWN)
    await second.shows(new RegExp(`❯ ${other.replaceAll(/[()]/g, String.raw`\$&`)}`))
    second.type(ENTER)
    expect(await second.ended).toBe(0)
    expect(configVars(await snapshot(world), 'api-dev').TWILIO_PHONE_NUMBER).toBe(`+1${other.replaceAll(/\D/g, '')}`)
  })

  it('addons:destroy requires the name to be typed; anything else destroys nothing (exit 2), Ctrl-C neither (exit 130)', async () => {
    await world.aka('addons:create twilio:small -a api-dev')
    const before = await snapshot(world)
    const asked = async (keys: string) => {
      const terminal = aka('addons:destroy twilio -a api-dev')
      await terminal.shows(/for good[^]*Type api-dev to continue:/)
      terminal.type(keys)
      return terminal
    }
    const [wrong, nothing, left] = await Promise.all([asked(`api${ENTER}`), asked(ENTER), asked(CTRL_C)])
    expect([await wrong.ended, await nothing.ended, await left.ended]).toEqual([2, 2, 130])
    expect(wrong.shown()).toContain('api is not api-dev. Nothing was destroyed.')
    expect(nothing.shown()).toContain('No name was typed. Nothing was destroyed.')
    expect(wrong.shown() + left.shown()).not.toMatch(STACK)
    expect(await snapshot(world)).toEqual(before)

    const right = await asked(`api-dev${ENTER}`)
    await right.shows(/was destroyed/)
    expect(await right.ended).toBe(0)
    expect(configVars(await snapshot(world), 'api-dev')).toEqual({})
    expect(subaccounts(await snapshot(world))).toMatchObject([{status: 'closed'}])
  })

  always.each([
    ['twilio:login', /Account SID:/],
    [`twilio:login --account-sid AC${'1'.repeat(32)}`, /Auth token:/],
    ['addons:create twilio:small -a api-dev --pick', /Which number\?[^]*❯/],
    ['addons:destroy twilio -a old-dev', /to continue:/],
    ['twilio:sims:order -a old-dev --quantity 1', /Place this order\?/],
  ])('takes the end of input (Ctrl-D) for a no: %s', async (command, question) => {
    await world.aka('addons:create twilio:small -a old-dev')
    const env = command.startsWith('twilio:login') ? noTwilio : {}
    const before = await snapshot(world)
    const terminal = aka(command, env)
    await terminal.shows(question)
    terminal.type(CTRL_D)
    expect(await terminal.ended).toBe(2)
    expect(terminal.shown()).not.toMatch(/bug/)
    expect(terminal.shown()).not.toMatch(STACK)
    expect({...(await snapshot(world)), syncMaps: []}).toEqual({...before, syncMaps: []})
  })

  always.each([
    ['colours', {}, true],
    ['no colours with NO_COLOR=1', {NO_COLOR: '1'}, false],
    ['no colours with AKA_NO_COLORS=1', {AKA_NO_COLORS: '1'}, false],
  ])('shows %s', async (_, env, expected) => {
    const create = aka('addons:create twilio:small -a api-dev', env)
    const failure = aka('addons:create twilio:huge -a api-dev', env)
    const prompt = aka('addons:destroy twilio -a api-dev', env)
    await prompt.shows(/to continue:/)
    prompt.type(CTRL_C)
    expect([await create.ended, await failure.ended, await prompt.ended]).toEqual([0, 2, 130])
    const coloured = Object.entries({create, failure, prompt}).map(([name, terminal]) => [
      name,
      COLOUR.test(terminal.shown()),
    ])
    expect(coloured).toEqual(coloured.map(([name]) => [name, expected]))
  })

  it('marks the step that was refused as failed, and what came after it as done', async () => {
    world.sandbox.faults.add({method: 'POST', path: 'IncomingPhoneNumbers', when: 'before', do: refusal(400, 21404)})
    const terminal = aka('addons:create twilio:small -a api-dev')
    expect(await terminal.ended).toBe(1)
    const marks = [...stripVTControlCharacters(terminal.shown()).matchAll(/([✔✖!]) (Creating|Buying|Closing)/g)]
    expect(marks.map(([line]) => line)).toEqual(['✔ Creating', '✖ Buying', '✔ Closing'])
  })

  it('Ctrl-C stops a run between two changes, with a word, and the next goes on', async () => {
    await expectStopAtPurchase(world, aka('addons:create twilio:small -a api-dev'))
    expect(await world.aka('addons:create twilio:small -a api-dev --no-wait')).toMatchObject({exitCode: 0})
    await expectOneOfEach(world)
  })
})
