import {execFile} from 'node:child_process'
import {chmod, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {record, snapshot, subaccounts} from '../commands/support.js'
import {BIN, startWorld, type World} from '../support/cli.js'
import {inTurn} from '../support/runs.js'

/** The scripts of examples/, with `aka` on the path. */
inTurn(describe)('the example', () => {
  let world: World
  const file = (name: string) => join(world.home, name)
  beforeAll(async () => {
    world = await startWorld()
    await writeFile(file('aka'), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`)
    await chmod(file('aka'), 0o755)
    await writeFile(
      file('apps.csv'),
      'app,plan\npreview-1,twilio:small\npreview-2,twilio:small\napi-prod,twilio:small\n',
    )
  })
  afterAll(() => world.close())

  const more: Record<string, string> = {}
  async function run(script: string, ...args: readonly string[]) {
    const env = {...world.env, ...more, PATH: `${world.home}:${world.env.PATH ?? ''}`, MAIL: `tee ${file('mail')}`}
    const example = join(process.cwd(), 'examples', script)
    return new Promise<{code: number; stdout: string}>((resolve) => {
      execFile('sh', [example, ...args], {env}, (error, stdout) => {
        resolve({code: typeof error?.code === 'number' ? error.code : 0, stdout})
      })
    })
  }

  it('provision.sh creates what a CSV lists', async () => {
    expect((await run('provision.sh', file('apps.csv'))).code).toBe(0)
    expect(subaccounts(await snapshot(world))).toHaveLength(3)
  })

  it('find-orphans.sh exits 0 where there are notes alone', async () => {
    const {code, stdout} = await run('find-orphans.sh')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^note\tno-alerts\tapi-prod: /m)
  })

  it('rotate-old-tokens.sh leaves tokens alone that are young', async () => {
    expect(await run('rotate-old-tokens.sh')).toEqual({code: 0, stdout: ''})
  })

  it('nightly-usage.sh mails nobody while all is well, and whoever is to know otherwise', async () => {
    expect((await run('nightly-usage.sh')).code).toBe(0)
    const {accountSid = ''} = (record(await snapshot(world), 'api-prod') ?? {}) as {accountSid?: string}
    await world.sandbox.change(({usage}, now) => {
      const day = new Date(now).toISOString().slice(0, 10)
      usage.push({accountSid, category: 'sms-outbound', day, count: 1, usage: 1_000_000, price: 0})
    })
    expect((await run('nightly-usage.sh')).code).toBe(0)
    expect(await readFile(file('mail'), 'utf8')).toMatch(/api-prod/)
  })

  it('invoices.sh is CSV', async () => {
    expect((await run('invoices.sh', 'this')).stdout).toMatch(/^app_space,/)
  })

  it('tear-down-previews.sh destroys the old ones of a pattern', async () => {
    const old = new Date(Date.now() - 30 * 86_400_000).toISOString()
    await world.sandbox.change((state) => void Object.assign(record(state, 'preview-1') ?? {}, {createdAt: old}))
    expect((await run('tear-down-previews.sh', 'preview-*')).code).toBe(0)
    expect((await run('tear-down-previews.sh', 'preview-*')).code).toBe(0)
    const state = await snapshot(world)
    expect(record(state, 'preview-1')).toBeUndefined()
    expect(record(state, 'preview-2')).toMatchObject({state: 'ready'})
    expect(record(state, 'api-prod')).toMatchObject({state: 'ready'})
  })

  it('apply-fleet.sh shows what differs, and makes it so on the main branch', async () => {
    const file = join(process.cwd(), 'examples', 'fleet.yaml')
    const shown = await run('apply-fleet.sh', file)
    expect(shown).toMatchObject({code: 0, stdout: expect.stringContaining('plan: twilio:small → twilio:medium')})
    more.BRANCH = 'main'
    expect((await run('apply-fleet.sh', file)).code).toBe(0)
    expect(record(await snapshot(world), 'api-prod')).toMatchObject({plan: 'medium'})
    expect(await run('apply-fleet.sh', file)).toEqual({code: 0, stdout: '2 as declared.\n'})
  })
})
