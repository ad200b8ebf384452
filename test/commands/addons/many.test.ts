import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {startWorld, type World} from '../../support/cli.js'
import {changes, documentsOf, record, snapshot, subaccounts} from '../support.js'

describe('what is done to one add-on', () => {
  let world: World
  const file = (name: string) => join(world.home, name)
  const aka = (line: string) => world.aka(`${line} --apps-from ${file('apps.txt')}`)
  const sentBy = async (line: string) => {
    const sofar = world.sandbox.requests.length
    const ran = await aka(line)
    return {...ran, sent: changes(world.sandbox.requests.slice(sofar))}
  }
  beforeAll(async () => {
    world = await startWorld()
    await writeFile(file('apps.txt'), 'a-dev\nb-dev\nc-dev\n')
    expect(await aka('addons:create twilio:small --yes --json')).toMatchObject({exitCode: 0})
  })
  afterAll(() => world.close())

  it('is an upgrade of many, which says what all of them cost more, and asks', async () => {
    await writeFile(file('plans.csv'), 'app,plan\na-dev,medium\nb-dev,large\nc-dev,small\n')
    const upgrade = `addons:upgrade --apps-from ${file('plans.csv')}`
    const preview = await world.aka(`${upgrade} --dry-run`)
    expect(preview).toMatchObject({exitCode: 0})
    expect(preview.stdout).toMatch(/^b-dev {2}would have twilio:large instead of twilio:small$/m)
    expect(preview.stdout).toMatch(/^c-dev {2}already has twilio:small$/m)
    expect(preview.stderr).toMatch(/2 would change plans: \$\d+ a month more\./)
    const unasked = await world.aka(upgrade)
    expect(unasked).toMatchObject({exitCode: 2, stdout: ''})
    expect(unasked.stderr).toMatch(/Move 2 add-ons to another plan, for \$\d+ a month more\?[^]*--yes/)
    const done = await world.aka(`${upgrade} --yes --json`)
    expect(done).toMatchObject({exitCode: 0})
    expect(documentsOf(done)).toMatchObject([
      {line: 2, appSpace: 'a-dev', changed: true, from: 'small', plan: 'medium'},
      {line: 3, appSpace: 'b-dev', changed: true, plan: 'large'},
      {line: 4, appSpace: 'c-dev', changed: false},
    ])
    expect(record(await snapshot(world), 'b-dev')).toMatchObject({plan: 'large'})
  })

  it('goes on with those that can be done: here a downgrade that is none for one', async () => {
    const mixed = await aka('addons:downgrade twilio:medium --yes --json')
    expect(mixed.exitCode).toBe(2)
    expect(documentsOf(mixed)).toMatchObject([
      {appSpace: 'a-dev', changed: false},
      {appSpace: 'b-dev', changed: true},
      {appSpace: 'c-dev', error: {code: 'PLAN_DIRECTION_MISMATCH'}},
    ])
  })

  it('is the setting of alerts and of what numbers call, which repeated sends nothing', async () => {
    const alerts = 'twilio:alerts:set --url https://example.com/usage --at 90'
    const numbers = 'twilio:number:set --sms-url https://example.com/sms'
    expect((await aka(`${alerts} --dry-run`)).stdout).toMatch(/^a-dev {2}would have \d alerts set( and \d removed)?$/m)
    expect((await aka(`${numbers} --dry-run`)).stdout).toMatch(
      /^a-dev {2}would have the SMS URL of \+1\d{10} changed$/m,
    )
    expect(await aka(alerts)).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/3 app-spaces: 3 done\./),
    })
    expect((await aka(numbers)).stdout).toMatch(/^c-dev {2}now has the SMS URL of \+1\d{10} set$/m)
    const again = [await sentBy(alerts), await sentBy(numbers)]
    const atTwilio = again.flatMap(({sent}) => sent.filter(({path}) => path.includes('api.twilio.com')))
    expect(atTwilio).toEqual([])
  })

  it('is suspending and resuming: asks once for all, and skips what is so already', async () => {
    expect(await sentBy('twilio:suspend')).toMatchObject({exitCode: 2, sent: []})
    const {exitCode, stdout} = await aka('twilio:suspend --yes')
    expect({exitCode, lines: stdout.trimEnd().split('\n').sort()}).toEqual({
      exitCode: 0,
      lines: ['a-dev  is suspended', 'b-dev  is suspended', 'c-dev  is suspended'],
    })
    expect(subaccounts(await snapshot(world)).map(({status}) => status)).toEqual(Array(3).fill('suspended'))
    expect((await aka('twilio:resume --dry-run')).stdout).toMatch(/^a-dev {2}would work again$/m)
    expect(documentsOf(await aka('twilio:resume --json'))).toMatchObject(
      Array(3).fill({changed: true, status: 'active'}),
    )
    expect(documentsOf(await aka('twilio:resume --json'))).toMatchObject(Array(3).fill({changed: false}))
  })

  it('is a rotation of tokens, of which those that failed are written down: repeated it would rotate all once more', async () => {
    await writeFile(file('rotate.txt'), 'a-dev\nnone-dev\n')
    const rotate = `twilio:rotate --grace 0 --apps-from ${file('rotate.txt')}`
    const rotated = await world.aka(`${rotate} --failed-to ${file('again.txt')}`)
    expect(rotated.exitCode).toBe(4)
    expect(rotated.stdout).toMatch(/^a-dev +runs with a new auth token \(AC\w+\)$/m)
    expect(rotated.stderr).toContain(`aka twilio:rotate --apps-from ${file('again.txt')} --grace=0`)
    expect(await readFile(file('again.txt'), 'utf8')).toBe('none-dev\n')
    expect((await world.aka(rotate)).stderr).toMatch(/would do all of them again[^]*--failed-to FILE/)
  })

  it('is a rotation of all, of those alone whose tokens are old', async () => {
    const old = new Date(Date.now() - 100 * 86_400_000).toISOString()
    await world.sandbox.change((state) => void Object.assign(record(state, 'b-dev') ?? {}, {rotatedAt: old}))
    const rotate = 'twilio:rotate --all --older-than 90d --grace 0 --concurrency 2'
    expect((await world.aka(`${rotate} --dry-run`)).stdout).toBe('b-dev  would get a new auth token\n')
    expect(documentsOf(await world.aka(`${rotate} --json`))).toMatchObject([{appSpace: 'b-dev', rotated: true}])
    expect(await world.aka(rotate)).toMatchObject({exitCode: 0, stdout: ''})
    expect(await world.aka('twilio:rotate -a a-dev --concurrency 2')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--concurrency requires --apps-from or --all'),
    })
  })

  it('is refused at once while another run works on one of them, where --no-wait is given', async () => {
    const set = 'twilio:number:set --sms-url https://example.com/other'
    expect((await world.aka(`${set} -a a-dev --dry-run`)).stdout).toMatch(
      /^a-dev would have the SMS URL of \+1\d{10} changed\. Nothing was changed\.$/m,
    )
    const lease = {holder: 'another run', seconds: 3600}
    await world.sandbox.change((state) => void Object.assign(record(state, 'a-dev') ?? {}, {lease}))
    const hasty = await aka(`${set} --no-wait --json`)
    await world.sandbox.change((state) => void Reflect.deleteProperty(record(state, 'a-dev') ?? {}, 'lease'))
    expect(hasty.exitCode).toBe(6)
    expect(documentsOf(hasty)).toMatchObject([
      {appSpace: 'a-dev', error: {code: 'HELD_BY_ANOTHER_RUN'}},
      {appSpace: 'b-dev', changed: ['smsUrl']},
      {appSpace: 'c-dev', changed: ['smsUrl']},
    ])
  })

  it('keeps the numbers that the flag says, or a line of the list', async () => {
    await writeFile(file('kept.csv'), 'app,keep-number\na-dev,true\nb-dev,\n')
    const {stdout} = await world.aka(`addons:destroy twilio --dry-run --apps-from ${file('kept.csv')}`)
    expect(stdout).toMatch(/^a-dev .*moved to the main account\nb-dev .*released$/m)
    const unasked = await sentBy('addons:destroy twilio --keep-number')
    expect(unasked).toMatchObject({exitCode: 2, sent: []})
    expect(unasked.stderr).toMatch(/--confirm-count 3 --keep-number$/m)
  })

  it('is destroying them, once their number is confirmed', async () => {
    const preview = await aka('addons:destroy twilio --dry-run')
    expect(preview.stdout).toMatch(/^c-dev {2}would lose twilio:small: AC\w+ closed, \+1\d{10} released$/m)
    expect(preview.stderr).toMatch(/3 would be destroyed: \$\d+ a month less\./)
    const unasked = await sentBy('addons:destroy twilio')
    expect(unasked).toMatchObject({exitCode: 2, sent: []})
    expect(unasked.stderr).toMatch(/closes the Twilio subaccounts of 3 app-spaces[^]*--confirm-count 3/)
    const wrong = await sentBy('addons:destroy twilio --confirm-count 2')
    expect(wrong).toMatchObject({exitCode: 2, sent: []})
    expect(wrong.stderr).toMatch(/--confirm-count takes the number of app-spaces, 3, not 2/)
    const done = await aka('addons:destroy twilio --confirm-count 3 --json')
    expect(done.exitCode).toBe(0)
    expect(documentsOf(done)).toMatchObject(Array(3).fill({destroyed: true}))
    expect(subaccounts(await snapshot(world)).map(({status}) => status)).toEqual(Array(3).fill('closed'))
    const again = await aka('addons:destroy twilio --confirm-count 3')
    expect(again.exitCode).toBe(0)
    expect(again.stderr).toMatch(/0 destroyed; 3 had no add-on\./)
  })
})
