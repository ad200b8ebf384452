import {describe, expect, it} from '@jest/globals'

import {interrupted} from '../../../../src/lib/errors.js'
import {previewSimTeardown} from '../../../../src/lib/lifecycle/destroy/preview-sims.js'
import {ensureAccountStatus} from '../../../../src/lib/twilio/accounts.js'
import {APP} from '../../../support/in-process-addon.js'
import {bothCarriers, placeAndReport, startSimsInProcess} from '../../../support/in-process-sims.js'

const request = {kind: 'card', quantity: 1, eids: [], address: undefined, seller: undefined, follow: true} as const

describe.each(bothCarriers)('with SIMs of %s', (carrier) => {
  /** With one card, which the add-on has from stock. */
  async function start() {
    const world = await startSimsInProcess({carrier, stock: 1})
    await placeAndReport(world.sims, request)
    return {...world, preview: (appSpace = APP) => previewSimTeardown(world.sims, appSpace)}
  }

  it('what becomes of them is told before', async () => {
    const {preview} = await start()
    expect(await preview()).toMatchObject({neverActivated: [{sid: expect.any(String)}], connected: [], carrier})
  })

  it('nothing is told where there is no add-on, or no subaccount yet', async () => {
    const {preview, sims} = await start()
    expect(await preview('web-default')).toBeUndefined()
    const {accountSid: _, ...record} = (await sims.registry.read(APP))?.record ?? {}
    const unmade = {...record, appSpace: 'job-default', state: 'provisioning'}
    await sims.registry.create(unmade as never, Promise.resolve())
    expect(await preview('job-default')).toBeUndefined()
  })

  it('of a suspended subaccount, those are told that are not in it', async () => {
    const {preview, main, sims} = await start()
    await ensureAccountStatus(main, sims.accountSid, 'suspended')
    const plan = await preview()
    expect(plan?.neverActivated.length).toBe(carrier === 'twilio' ? undefined : 1)
  })

  it('an add-on can be destroyed though they cannot be read; Ctrl-C ends it', async () => {
    const {preview, sandbox, sims} = await start()
    sandbox.faults.add({method: 'GET', path: 'Items', when: 'before', times: Infinity, do: {status: 503}})
    expect(await preview()).toBeUndefined()
    sandbox.faults.clear()
    const stopped = {...sims, simService: () => Promise.reject(interrupted())}
    await expect(previewSimTeardown(stopped, APP)).rejects.toMatchObject({code: 'INTERRUPTED'})
  })
})
