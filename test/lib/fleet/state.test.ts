import {beforeEach, describe, expect, it} from '@jest/globals'

import {seeAll} from '../../../src/lib/addon/see-all.js'
import {setAlerts} from '../../../src/lib/alerts/set.js'
import {readState} from '../../../src/lib/fleet/state.js'
import {setNumber} from '../../../src/lib/number/set.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {type AddonInProcess, APP, buyIn, startReadyAddon} from '../../support/in-process-addon.js'

const smsUrl = 'https://api.example.com/sms'

let world: AddonInProcess
let accountSid: string
beforeEach(async () => {
  world = await startReadyAddon()
  accountSid = (await world.record())?.accountSid ?? ''
})

/** The add-on as it is, and what is asked for that. `isListed`: whether the list of subaccounts shows its own. */
async function read({isListed = true} = {}) {
  const {addons, accounts} = await seeAll(world.context.registry, world.akkeris)
  const [addon] = addons
  if (!addon) throw new Error('there is no add-on')
  const from = world.sandbox.requests.length
  const listed = new Map(isListed ? accounts.map((account) => [account.sid, account]) : [])
  const state = await readState(world.context, addon, listed)
  return {...state, asked: world.sandbox.requests.slice(from).map(({method, path}) => `${method} ${path}`)}
}

describe('what a file can say of an add-on', () => {
  it('is as it is at Twilio: what its number calls, and its alerts', async () => {
    expect(await read()).toMatchObject({
      record: {appSpace: APP},
      configVars: 'set',
      urls: {voiceUrl: '', smsUrl: '', statusCallback: ''},
      alerts: [],
      kinds: ['voice', 'sms', 'm2m'],
    })
    await setNumber(world.context, APP, {smsUrl})
    await setAlerts(world.context, APP, {url: 'https://ops.example.com/usage', percents: [80]})
    const {urls, alerts} = await read()
    expect(urls).toEqual({voiceUrl: '', smsUrl, statusCallback: ''})
    expect(new Set(alerts.map(({kind, percent}) => `${kind} ${percent}`))).toEqual(
      new Set(['voice 80', 'sms 80', 'm2m 80']),
    )
  })

  it('is not what another number of its subaccount calls', async () => {
    await buyIn(world, accountSid, {smsUrl})
    expect((await read()).urls).toMatchObject({smsUrl: ''})
  })

  it('is alerts about what Twilio counts of its SIMs', async () => {
    await world.write({simCarrier: 'kore'})
    expect((await read()).kinds).toEqual(['voice', 'sms'])
  })

  it('takes two requests, and one more where the subaccount is not listed yet', async () => {
    const {asked} = await read()
    expect(asked).toHaveLength(2)
    expect((await read({isListed: false})).asked.sort()).toEqual(
      [...asked, `GET /2010-04-01/Accounts/${accountSid}.json`].sort(),
    )
  })
})

describe('there is nothing to say of an add-on', () => {
  it.each([true, false])('whose subaccount was closed (listed: %s)', async (isListed) => {
    await ensureAccountStatus(world.main, accountSid, 'closed')
    await expect(read({isListed})).rejects.toMatchObject({code: 'SUBACCOUNT_CLOSED', exitCode: 1})
  })

  it('whose number is gone', async () => {
    await buyIn(world, accountSid)
    await world.sandbox.change(({incomingNumbers}) => void incomingNumbers.shift())
    await expect(read()).rejects.toMatchObject({code: 'NUMBER_GONE', exitCode: 1})
  })
})
