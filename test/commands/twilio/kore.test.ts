import {readFile, stat} from 'node:fs/promises'

import {describe, expect, it} from '@jest/globals'

import {addCard} from '../../../src/sandbox/server/cards.js'
import {json, type RunOptions, type World} from '../../support/cli.js'
import {stateAfter, stateFrom} from '../../support/faults.js'
import {book, card, ORDER, REGISTER, stocked} from '../../support/sims.js'
import {runAll, spoken, worlds} from '../support.js'

const start = worlds()
const ready = await stateAfter('addons:create twilio:small -a api-default')

async function world(state = stocked(ready, 4), {kore = true} = {}): Promise<World> {
  const opened = await start({kore})
  await opened.sandbox.change((fresh) => void Object.assign(fresh, structuredClone(state)))
  return opened
}

const hosts = ({sandbox}: World, from = 0) => new Set(sandbox.requests.slice(from).map(({host}) => host))
const noKore = {env: {KORE_CLIENT_ID: undefined, KORE_CLIENT_SECRET: undefined}}

describe('the login at KORE', () => {
  it('is tried and saved for its owner alone, used by later commands, and forgotten', async () => {
    const opened = await world(undefined, {kore: false})
    const {kore} = await opened.sandbox.credentials()
    const login = (secret: string, options: RunOptions = {}) =>
      opened.aka(`twilio:login --kore --client-id ${kore.clientId} --json`, {stdin: `${secret}\n`, ...options})
    const wrong = await login('another-secret')
    expect(wrong).toMatchObject({exitCode: 5})
    expect(json(wrong)).toMatchObject({error: {code: 'KORE_CREDENTIALS_REFUSED'}})
    expect(spoken(wrong)).not.toContain('another-secret')

    const saved = json(await login(kore.clientSecret))
    expect(saved).toMatchObject({carrier: 'kore', clientId: kore.clientId})
    expect((await stat(String(saved.savedIn))).mode & 0o777).toBe(0o600)
    expect(json(await opened.aka('twilio:whoami --json'))).toMatchObject({
      sims: {carrier: 'kore', clientId: kore.clientId, source: 'aka twilio:login --kore'},
    })
    const doctor = await opened.aka('twilio:doctor')
    expect(doctor.stdout).toMatch(/SIM carrier +KORE, .* linked to AC/)
    expect(spoken(doctor)).not.toContain(kore.clientSecret)

    expect(json(await opened.aka('twilio:logout --kore --json'))).toMatchObject({
      loggedOut: true,
      clientId: kore.clientId,
    })
    expect(await readFile(String(saved.savedIn), 'utf8')).not.toContain(kore.clientSecret)
    expect(json(await opened.aka('twilio:whoami --json'))).toMatchObject({sims: {carrier: 'twilio', clientId: null}})
  })

  it('must be whole, and there, where it is needed', async () => {
    const opened = await world(undefined, {kore: false})
    const {half, missing} = await runAll(opened, {
      half: ['twilio:sims -a api-default --json', {env: {KORE_CLIENT_ID: 'client'}}],
      missing: 'twilio:settings set sim-carrier kore',
    })
    expect(json(half)).toMatchObject({error: {code: 'KORE_CREDENTIALS_INCOMPLETE', exitCode: 5}})
    expect(missing).toMatchObject({exitCode: 0})
    expect(json(await opened.aka('twilio:sims -a api-default --json'))).toMatchObject({
      error: {code: 'KORE_CREDENTIALS_MISSING', exitCode: 5},
    })
    expect(json(await opened.aka('twilio:settings set sim-carrier vodafone --json'))).toMatchObject({
      error: {code: 'SETTING_INVALID', exitCode: 2},
    })
  })
})

describe('the carrier', () => {
  it('is KORE where its credentials are found, and no SIM host of Twilio’s is called', async () => {
    const opened = await world()
    const {iccid, code} = card(7)
    for (const command of [
      `${ORDER} --quantity 2`,
      `${ORDER} --esim --quantity 1`,
      `${REGISTER} ${iccid} --code ${code} --name van-7 --activate`,
    ])
      expect(await opened.aka(command)).toMatchObject({exitCode: 0})
    await opened.sandbox.advanceClock(10)
    for (const command of [
      'twilio:m2m:send -a api-default van-7 hello',
      'twilio:m2m -a api-default',
      'twilio:sims:deactivate -a api-default van-7',
      'twilio:usage -a api-default --fail-at 90',
      'twilio:usage --all',
      'twilio:alerts:set -a api-default --url https://example.com/usage',
      'addons:upgrade twilio twilio:medium -a api-default --yes',
      'addons:downgrade twilio twilio:small -a api-default',
      'addons:destroy twilio -a api-default --confirm api-default',
    ])
      expect(await opened.aka(command)).toMatchObject({exitCode: 0})
    expect([...hosts(opened)].filter((host) => /^(supersim|wireless)/.test(host))).toEqual([
      'supersim.api.korewireless.com',
    ])
    // Their SIMs stay, and none can connect.
    const {superSims} = await opened.sandbox.read((state) => state)
    expect(superSims.map(({status}) => status)).not.toContain('active')
  })

  it('is Twilio where the setting says so, or no credentials are there, and no host of KORE’s is called', async () => {
    const opened = await world()
    expect(await opened.aka('twilio:settings set sim-carrier twilio')).toMatchObject({exitCode: 0, stdout: 'twilio\n'})
    expect(await opened.aka(`${ORDER} --quantity 1`)).toMatchObject({exitCode: 0})
    expect(await opened.aka('twilio:settings unset sim-carrier')).toMatchObject({exitCode: 0, stdout: 'kore\n'})
    expect(await opened.aka('twilio:usage -a api-default', noKore)).toMatchObject({exitCode: 0})
    expect([...hosts(opened)].filter((host) => host.includes('kore'))).toEqual([])
  })

  it('of an app-space is the one of its first SIM: a run for another one ends with 6, and counts nothing', async () => {
    const opened = await world()
    expect(await opened.aka(`${ORDER} --quantity 1`)).toMatchObject({exitCode: 0})
    const from = opened.sandbox.requests.length
    const runs = await runAll(opened, {
      list: ['twilio:sims -a api-default --json', noKore],
      order: [`${ORDER} --quantity 1`, noKore],
      usage: ['twilio:usage -a api-default --json', noKore],
      all: ['twilio:usage --all --json', noKore],
      destroy: ['addons:destroy twilio -a api-default --confirm api-default --json', noKore],
      downgrade: ['twilio:m2m -a api-default --json', noKore],
    })
    for (const run of Object.values(runs)) {
      expect(run).toMatchObject({exitCode: 6})
      expect(json(run)).toMatchObject({error: {code: 'SIM_CARRIER_MISMATCH'}})
    }
    const kinds = json(runs.usage).kinds as {kind: string; used: number | null; source?: string | null}[]
    expect(kinds.find(({kind}) => kind === 'm2m')).toMatchObject({used: null, source: null})
    expect([...hosts(opened, from)].filter((host) => /^(supersim|wireless)/.test(host))).toEqual([])
    expect((await book(opened)).sims).toHaveLength(1)
  })

  it('of an app-space that has orders of an earlier version is Twilio', async () => {
    const old = await stateFrom(stocked(ready, 1), `${ORDER} --quantity 1`)
    for (const {items} of old.syncMaps)
      for (const item of Object.values(items)) {
        const data = item.data as {carrier?: string; simCarrier?: string}
        delete data.carrier
        delete data.simCarrier
      }
    const opened = await world(old)
    expect(json(await opened.aka(`${ORDER} --quantity 1`))).toMatchObject({error: {code: 'SIM_CARRIER_MISMATCH'}})
    expect(await opened.aka(`${ORDER} --quantity 1`, noKore)).toMatchObject({exitCode: 0})
  })
})

describe('SIMs of many app-spaces in one account', () => {
  it('never pass the limit of one, nor come to two of them, however many order at once', async () => {
    const names = ['api-default', 'web-default', 'fleet-default']
    const state = await stateFrom(
      stocked(ready, 0),
      ...names.slice(1).map((name) => `addons:create twilio:small -a ${name}`),
    )
    for (let count = 0; count < 30; count++) addCard(state, 0, 'supersim')
    const opened = await world(state)
    const orders = names.flatMap((name) => [
      `twilio:sims:order -a ${name} --yes --json --new --quantity 7`,
      `twilio:sims:order -a ${name} --yes --json --new --quantity 35`,
      `twilio:sims:order -a ${name} --yes --json --new --esim --quantity 2`,
    ])
    const runs = await opened.akaAtOnce(orders)
    for (const run of runs) expect([0, 3]).toContain(run.exitCode)
    const books = await Promise.all(names.map((name) => book(opened, name)))
    const held = books.flatMap(({sims}) => sims.map(({sid}) => sid))
    expect(new Set(held).size).toBe(held.length)
    for (const [at, name] of names.entries()) {
      const list = json(await opened.aka(`twilio:sims -a ${name} --json`))
      expect(Number(list.held) + Number(list.onOrder)).toBeLessThanOrEqual(40)
      expect(list.held).toBe(books[at]?.sims.length)
    }
    const profiles = books.flatMap(({orders: all}) => all.flatMap((order) => order.profiles))
    expect(new Set(profiles).size).toBe(profiles.length)
    expect(profiles).toHaveLength(books[0]?.profiles.length ?? -1)
  })
})

describe('M2M messages', () => {
  it('are counted for the month from those of the SIMs, whoever is asked about', async () => {
    const opened = await world(stocked(ready, 2))
    await opened.aka(`${ORDER} --quantity 1`)
    const sid = (await book(opened)).sims[0]?.sid ?? ''
    expect(await opened.aka(`twilio:sims:activate -a api-default ${sid}`)).toMatchObject({exitCode: 0})
    await opened.sandbox.change(({smsCommands, superSims}, now) => {
      const add = (simSid: string, createdAt: number, count: number) => {
        for (let each = 0; each < count; each++)
          smsCommands.unshift({
            sid: `HC${String(smsCommands.length).padStart(32, '0')}`,
            accountSid: superSims[0]?.accountSid ?? '',
            simSid,
            direction: 'to_sim',
            payload: 'hello',
            reachable: true,
            createdAt,
          })
      }
      add(sid, now, 900)
      add(superSims.find((sim) => sim.sid !== sid)?.sid ?? '', now, 50)
      add(sid, now - 40 * 86_400_000, 7)
    })
    const {one, all, over} = await runAll(opened, {
      one: 'twilio:usage -a api-default --json',
      all: 'twilio:usage --all --json',
      over: 'twilio:usage -a api-default --fail-at 80 --json',
    })
    expect(one).toMatchObject({exitCode: 0})
    const m2m = {kind: 'm2m', used: 900, source: 'KORE'}
    expect(json(one).kinds).toEqual(expect.arrayContaining([expect.objectContaining(m2m)]))
    expect((json(all).addons as {kinds: unknown}[])[0]?.kinds).toEqual(
      expect.arrayContaining([expect.objectContaining(m2m)]),
    )
    expect(over).toMatchObject({exitCode: 3})
    const alerts = await opened.aka('twilio:alerts:set -a api-default --url https://example.com/usage --json')
    expect(json(alerts)).toMatchObject({missing: ['m2m']})
    expect(alerts.stderr).toMatch(/no alerts for M2M messages: .*--fail-at/)
  })
})

describe('SIMs that moved from Twilio to KORE', () => {
  it('are migrated on request: shown first, asked for, and used at KORE from then on', async () => {
    const opened = await world()
    expect(await opened.aka(`${ORDER} --quantity 2`, noKore)).toMatchObject({exitCode: 0})
    expect(json(await opened.aka('twilio:sims -a api-default --json'))).toMatchObject({
      error: {code: 'SIM_CARRIER_MISMATCH', exitCode: 6},
    })
    const missing = await opened.aka('twilio:sims:migrate -a api-default --to kore --yes --json')
    expect(json(missing)).toMatchObject({error: {code: 'SIMS_NOT_MIGRATED', exitCode: 6}})
    await opened.sandbox.change((state, now) => {
      const own = state.superSims.filter(({accountSid}) => accountSid !== opened.accountSid)
      for (const {iccid} of own) {
        const {sid} = addCard(state, now, 'supersim')
        for (const sim of state.superSims) if (sim.sid === sid) Object.assign(sim, {iccid})
      }
    })
    const {plan, unasked} = await runAll(opened, {
      plan: 'twilio:sims:migrate -a api-default --to kore --dry-run',
      unasked: 'twilio:sims:migrate -a api-default --to kore',
    })
    expect(plan).toMatchObject({exitCode: 0})
    expect(plan.stdout).toMatch(
      /would have its 2 SIMs at KORE, 2 of them newly in its fleet\.\n +To its fleet +89\d+ \(HS/,
    )
    expect(unasked).toMatchObject({exitCode: 2, stdout: ''})
    const migrated = json(await opened.aka('twilio:sims:migrate --all --to kore --yes --json'))
    expect(migrated).toMatchObject({appSpace: 'api-default', migrated: true, from: 'twilio', to: 'kore', missing: []})
    expect(json(await opened.aka('twilio:sims -a api-default --json'))).toMatchObject({held: 2, onOrder: 0})
    const again = await opened.aka('twilio:sims:migrate -a api-default --to kore --yes')
    expect(again).toMatchObject({exitCode: 0, stdout: 'api-default is with KORE already.\n'})
  })
})
