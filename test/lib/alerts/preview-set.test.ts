import {beforeEach, describe, expect, it} from '@jest/globals'

import {previewSetAlerts} from '../../../src/lib/alerts/preview-set.js'
import {setAlerts} from '../../../src/lib/alerts/set.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {addAddon, type AddonInProcess, APP, startAddonInProcess} from '../../support/in-process-addon.js'

const ask = {url: 'https://ops.example.com/usage?token=token-of-ops', percents: [80]}

let world: AddonInProcess
let accountSid: string
beforeEach(async () => {
  world = await startAddonInProcess()
  accountSid = await addAddon(world, APP, {plan: 'large'})
})

const preview = (appSpace = APP) => previewSetAlerts(world.context, appSpace, ask)

it('a preview has the calls that would set the alerts of the add-on’s plan, and shows no secret of their URL', async () => {
  const from = world.sandbox.requests.length
  const {calls, ...rest} = await preview()
  expect(rest).toEqual({dryRun: true, appSpace: APP})
  expect(calls.map(({form}) => form?.TriggerValue)).toEqual(['8000', '9600', '3200', '3200'])
  expect(calls[0]?.url).toContain(accountSid)
  expect(JSON.stringify(calls)).toMatch(/ops\.example\.com/)
  expect(JSON.stringify(calls)).not.toContain('token-of-ops')
  expect(world.sandbox.requests.slice(from).filter(({method}) => method !== 'GET')).toEqual([])
})

it('there is nothing to do where they are so already', async () => {
  await setAlerts(world.context, APP, ask)
  expect((await preview()).calls).toEqual([])
})

describe('a preview is refused as the change would be', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['something is unfinished', () => world.write({state: 'changing'}), 'ADDON_UNFINISHED'],
    [
      'its subaccount is suspended',
      () => ensureAccountStatus(world.main, accountSid, 'suspended'),
      'SUBACCOUNT_NOT_ACTIVE',
    ],
  ])('where %s', async (_, happens, code) => {
    await happens()
    await expect(preview()).rejects.toMatchObject({code})
  })

  it('where there is no add-on', async () => {
    await expect(preview('web-default')).rejects.toMatchObject({code: 'ADDON_NOT_FOUND'})
  })
})
