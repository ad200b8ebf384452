import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {BIN, json, startWorld, type World} from '../../support/cli.js'
import {refusal} from '../../support/faults.js'
import {CTRL_C, describeOnTerminal, ENTER, onTerminal} from '../../support/terminal.js'
import {changes, configVars, runAll, snapshot, subaccounts} from '../support.js'
import {use} from '../usage-support.js'

const SUSPEND = 'twilio:suspend -a api-dev'
const RESUME = 'twilio:resume -a api-dev'

async function statusOf(world: World, app = 'api-dev'): Promise<string | undefined> {
  const state = await snapshot(world)
  return subaccounts(state).find(({sid}) => sid === configVars(state, app).TWILIO_SID)?.status
}

describe('twilio:suspend and twilio:resume', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await world.aka('addons:create twilio:small -a api-dev')
  })
  afterAll(() => world.close())

  it('stop the subaccount and let it work again; repeating it changes nothing', async () => {
    const suspended = await world.aka(`${SUSPEND} --yes`)
    expect(suspended.exitCode).toBe(0)
    expect(suspended.stdout).toMatch(
      /^api-dev is suspended \(AC\w+\)\.\n {2}Refused: calls and messages.*\n {2}Kept: its number/,
    )
    expect(suspended.stdout).toMatch(/aka twilio:resume -a api-dev\n$/)
    for (const line of suspended.stdout.split('\n')) expect(line.length).toBeLessThan(100)
    expect(await statusOf(world)).toBe('suspended')

    const from = world.sandbox.requests.length
    const again = await world.aka(`${SUSPEND} --json`)
    expect(json(again)).toMatchObject({appSpace: 'api-dev', status: 'suspended', changed: false})
    expect(changes(world.sandbox.requests.slice(from))).toEqual([])
    expect((await world.aka('twilio:usage -a api-dev')).stdout).toMatch(/suspended\n/)
    expect((await world.aka('addons:info -a api-dev')).stdout).toMatch(/suspended/)

    expect(json(await world.aka(`${RESUME} --json`))).toMatchObject({status: 'active', changed: true})
    expect(await statusOf(world)).toBe('active')
    expect(await world.aka(RESUME)).toMatchObject({exitCode: 0, stdout: 'api-dev was not suspended.\n'})
    expect((await snapshot(world)).apps['api-dev']?.restarts).toBe(1)
  })

  it('see it changed, also when the answer is lost, or a 500', async () => {
    const path = String.raw`/Accounts/AC\w+\.json$`
    world.sandbox.faults.add({method: 'POST', path, when: 'after', do: {drop: true}})
    expect(json(await world.aka(`${SUSPEND} --yes --json`))).toMatchObject({changed: true})
    expect(await statusOf(world)).toBe('suspended')
    world.sandbox.faults.add({method: 'POST', path, when: 'before', do: {status: 500}})
    expect(json(await world.aka(`${RESUME} --json`))).toMatchObject({changed: true})
    expect(await statusOf(world)).toBe('active')
  })

  it('say so where Twilio itself suspended it, where it is closed, where there is none, and ask nobody without a terminal', async () => {
    await world.aka('addons:create twilio:small -a gone-dev')
    await world.sandbox.change((state) => {
      const sid = state.apps['gone-dev']?.configVars.TWILIO_SID
      for (const account of subaccounts(state).filter((each) => each.sid === sid)) account.status = 'closed'
    })
    await world.aka(`${SUSPEND} --yes`)
    world.sandbox.faults.add({method: 'POST', path: '/Accounts/', when: 'before', do: refusal(400, 21478)})
    const byTwilio = await world.aka(`${RESUME} --json`)
    world.sandbox.faults.clear()
    await world.aka(RESUME)
    expect(json(byTwilio)).toMatchObject({
      error: {
        code: 'SUSPENDED_BY_TWILIO',
        exitCode: 1,
        suggestions: ['Twilio itself suspended this account: only Twilio support can activate it again.'],
      },
    })
    const runs = await runAll(world, {
      closed: 'twilio:suspend -a gone-dev --yes --json',
      none: 'twilio:suspend -a none-dev --yes --json',
      noneResumed: 'twilio:resume -a none-dev --json',
      unasked: `${SUSPEND} --json`,
      guessed: ['twilio:suspend --yes --json', {env: {AKKERIS_APP: 'api-dev'}}],
    })
    expect(json(runs.closed)).toMatchObject({error: {code: 'SUBACCOUNT_CLOSED', exitCode: 1}})
    expect(json(runs.none)).toMatchObject({error: {exitCode: 4}})
    expect(json(runs.noneResumed)).toMatchObject({error: {exitCode: 4}})
    expect(json(runs.unasked)).toMatchObject({
      error: {code: 'NOT_INTERACTIVE', exitCode: 2, suggestions: ['Answer with --yes.']},
    })
    expect(runs.guessed).toMatchObject({exitCode: 2})
    expect(await statusOf(world)).toBe('active')
  })

  it('compose with twilio:usage: what is over its plan is suspended', async () => {
    await use(world, 'api-dev', 'sms-outbound', 3000)
    const report = json(await world.aka('twilio:usage --all --fail-at 100 --json')) as {overLimit: {appSpace: string}[]}
    for (const {appSpace} of report.overLimit)
      expect(await world.aka(`twilio:suspend -a ${appSpace} --yes`)).toMatchObject({exitCode: 0})
    expect(await statusOf(world)).toBe('suspended')
    await world.aka(RESUME)
  })
})

describeOnTerminal('twilio:suspend on a terminal', () => {
  it('asks first: anything but yes suspends nothing (exit 2), nor does Ctrl-C (exit 130)', async () => {
    const world = await startWorld()
    try {
      await world.aka('addons:create twilio:small -a api-dev')
      for (const [keys, exitCode, status] of [
        [ENTER, 2, 'active'],
        [CTRL_C, 130, 'active'],
        [`y${ENTER}`, 0, 'suspended'],
      ] as const) {
        const terminal = onTerminal([BIN, SUSPEND], {cwd: world.home, env: world.env})
        await terminal.shows(/calls or messages[^]*Suspend api-dev\?/)
        terminal.type(keys)
        expect(await terminal.ended).toBe(exitCode)
        expect(await statusOf(world)).toBe(status)
      }
    } finally {
      await world.close()
    }
  })
})
