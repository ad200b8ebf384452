import {describe, expect, it} from '@jest/globals'

import {addCard} from '../../../../src/sandbox/server/cards.js'
import {sendFromDevice} from '../../../../src/sandbox/server/device-messages.js'
import {json, type World} from '../../../support/cli.js'
import {CREATE, inWorld, stateAfter, stateFrom} from '../../../support/faults.js'
import {bookOf, but, card, ORDER, REGISTER, stocked} from '../../../support/sims.js'
import {changes, runAll, runOf, STACK} from '../../support.js'

const ready = await stateAfter(CREATE)
const van1 = `${REGISTER} ${card(1).iccid} --code ${card(1).code} --name van-1 --activate`
const settled = (state: typeof ready) => but(state, (copy) => void (copy.clockOffsetMs += 5000))
/** With a SIM that is called van-1 and is active. */
const active = settled(await stateFrom(stocked(ready, 0), van1))
const sim = bookOf(active).sims[0]?.sid ?? ''
const SEND = 'twilio:m2m:send -a api-default'
const LIST = 'twilio:m2m -a api-default'

const run = async (world: World, command: string | readonly string[]) => {
  const finished = await world.aka([...(typeof command === 'string' ? command.split(' ') : command), '--json'])
  return {exitCode: finished.exitCode, ...json(finished)}
}

const fromDevice = ({sandbox}: World, payload: string) =>
  sandbox.change((state, now) => sendFromDevice(state, now, {sim, payload}))

describe('twilio:m2m:send', () => {
  it('sends a message by SMS', () =>
    inWorld(active, async (world) => {
      const sent = await run(world, [...`${SEND} van-1`.split(' '), 'report position'])
      expect(sent).toEqual({
        exitCode: 0,
        appSpace: 'api-default',
        sim,
        message: expect.stringMatching(/^HC/),
        status: 'queued',
        transport: 'sms',
      })
      expect((await world.sandbox.read((state) => state.smsCommands)).map(({payload}) => payload)).toEqual([
        'report position',
      ])
    }))

  it('waits until it is delivered with --wait', () =>
    inWorld(active, async (world) => {
      const {exitCode, stdout} = await world.aka(`${SEND} van-1 hello --wait`)
      expect({exitCode, stdout}).toEqual({
        exitCode: 0,
        stdout: expect.stringMatching(/^HC\w+ to van-1: delivered\.\n$/),
      })
    }))

  it('that fails is exit 1 with --wait', () =>
    inWorld(
      but(active, ({fleets}) => fleets.forEach(({settings}) => void (settings.sms_commands_enabled = false))),
      async (world) => {
        expect(await run(world, `${SEND} ${sim} hello --wait`)).toMatchObject({
          exitCode: 1,
          error: {code: 'MESSAGE_FAILED'},
        })
      },
    ))

  it('sends text and bytes over IP to a port', () =>
    inWorld(active, async (world) => {
      expect(await run(world, `${SEND} van-1 hello --port 4000 --wait`)).toMatchObject({
        exitCode: 0,
        transport: 'ip',
        status: 'sent',
      })
      expect(await run(world, `${SEND} van-1 AQID --binary --port 4001`)).toMatchObject({exitCode: 0, transport: 'ip'})
      expect(await world.sandbox.read((state) => state.ipCommands)).toMatchObject([
        {payload: 'hello', payloadType: 'text', devicePort: 4000},
        {payload: 'AQID', payloadType: 'binary', devicePort: 4001},
      ])
    }))

  it('sends bytes by SMS to Programmable Wireless', async () => {
    const from = await stateFrom(
      but(stocked(ready, 0), (state) => void addCard(state, 0, 'wireless')),
      `${ORDER} --quantity 1`,
    )
    const [{sid} = {sid: ''}] = from.wirelessSims
    const wireless = settled(await stateFrom(from, `twilio:sims:activate -a api-default ${sid} --no-wait`))
    await inWorld(wireless, async (world) => {
      expect(await run(world, `${SEND} ${sid} AQID --binary`)).toMatchObject({
        exitCode: 0,
        message: expect.stringMatching(/^DC/),
      })
      expect(await world.sandbox.read((state) => state.wirelessCommands)).toMatchObject([
        {payload: 'AQID', commandMode: 'binary'},
      ])
      expect(await run(world, `${SEND} ${sid} AQID --port 4000`)).toMatchObject({
        exitCode: 2,
        error: {code: 'PORT_NOT_SUPPORTED'},
      })
      expect(await run(world, LIST)).toMatchObject({messages: [{sim: sid, binary: true}]})
    })
  })

  it('refuses what cannot be sent, and sends nothing', () =>
    inWorld(active, async (world) => {
      const runs = await runAll(world, {
        bytes: `${SEND} van-1 AQID --binary`,
        base64: `${SEND} van-1 hello! --binary --port 4000`,
        long: `${SEND} van-1 ${'x'.repeat(161)}`,
        what: `${SEND} van-1`,
        port: `${SEND} van-1 hello --port 70000`,
      })
      for (const [name, {exitCode, stdout, stderr}] of Object.entries(runs)) {
        expect({name, exitCode, stdout}).toEqual({name, exitCode: 2, stdout: ''})
        expect(stderr).toMatch(/→ /)
        expect(stderr).not.toMatch(STACK)
      }
      expect(runOf(runs, 'bytes').stderr).toMatch(/--port/)
      expect(changes(world.sandbox.requests)).toEqual([])
    }))

  it('refuses a SIM that is not active with a command that activates it', async () => {
    const {iccid, code} = card(2)
    const idle = await stateFrom(active, `${REGISTER} ${iccid} --code ${code} --name van-2`)
    await inWorld(idle, async (world) => {
      const refused = await run(world, `${SEND} van-2 hello`)
      expect(refused).toMatchObject({exitCode: 1, error: {code: 'SIM_NOT_ACTIVE'}})
      const [, command = ''] =
        /aka (twilio:sims:activate .*)$/m.exec(
          (refused as never as {error: {suggestions: string[]}}).error.suggestions.join('\n'),
        ) ?? []
      expect(await world.aka(`${command} --no-wait`)).toMatchObject({exitCode: 0})
    })
  })

  it('knows no such SIM or add-on: exit 4', () =>
    inWorld(active, async (world) => {
      expect(await run(world, 'twilio:m2m:send -a web-default van-1 hello')).toMatchObject({exitCode: 4})
      expect(await run(world, `${SEND} nosuch hello`)).toMatchObject({exitCode: 4})
      expect(await run(world, `${LIST} --sim nosuch`)).toMatchObject({exitCode: 4})
    }))

  it.each([
    ['its answer is lost', {when: 'after', do: {drop: true}}],
    ['a 500 comes in place of its answer', {when: 'after', do: {status: 500}}],
  ] as const)('sends it once when %s', (_, fault) =>
    inWorld(active, async (world) => {
      world.sandbox.faults.add({method: 'POST', path: 'SmsCommands', ...fault})
      expect(await run(world, `${SEND} van-1 hello`)).toMatchObject({
        exitCode: 0,
        message: expect.stringMatching(/^HC/),
      })
      expect(await world.sandbox.read((state) => state.smsCommands)).toMatchObject([{payload: 'hello'}])
    }),
  )
})

describe('twilio:m2m', () => {
  it('lists recent messages, both directions', () =>
    inWorld(active, async (world) => {
      await fromDevice(world, 'at home')
      await world.sandbox.advanceClock(60)
      await world.aka(`${SEND} van-1 hello --wait`)
      const {human, document, one} = await runAll(world, {
        human: LIST,
        document: `${LIST} --json`,
        one: `${LIST} --limit 1 --sim van-1 --json`,
      })
      expect(human.stdout).toMatch(
        /van-1 +from SIM +received +at home\n.*\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +van-1 +to SIM +delivered +hello/,
      )
      const common = {
        sim,
        simName: 'van-1',
        transport: 'sms',
        binary: false,
        createdAt: expect.any(String),
        sid: expect.any(String),
      }
      expect(json(document)).toEqual({
        appSpace: 'api-default',
        messages: [
          {...common, direction: 'to SIM', status: 'delivered', payload: 'hello'},
          {...common, direction: 'from SIM', status: 'received', payload: 'at home'},
        ],
      })
      expect(json(one)).toMatchObject({messages: [{payload: 'hello'}]})
    }))

  it('says that there are none', () =>
    inWorld(active, async (world) => {
      expect(await world.aka(LIST)).toMatchObject({exitCode: 0, stdout: 'There are no messages.\n'})
    }))

  it('shows new ones as they come with --follow, and nothing older; Ctrl-C is its end', () =>
    inWorld(active, async (world) => {
      for (const payload of ['one', 'two', 'three']) {
        await fromDevice(world, payload)
        await world.sandbox.advanceClock(60)
      }
      const {child, finished} = world.start(`${LIST} --limit 1 --follow`)
      let shown = ''
      const says = (what: string) =>
        new Promise<void>((resolve) => {
          const look = (text = ''): void => {
            shown += text
            if (shown.includes(what)) resolve()
          }
          child.stdout?.on('data', look)
          look()
        })
      await says('three')
      await fromDevice(world, 'four')
      await says('four')
      child.kill('SIGINT')
      const {exitCode, stdout} = await finished
      expect(exitCode).toBe(0)
      expect(stdout.match(/\b(one|two|three|four)\b/g)).toEqual(['three', 'four'])
    }))
})
