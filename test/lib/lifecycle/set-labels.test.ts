import {beforeEach, expect, it} from '@jest/globals'

import {previewLabels, setLabels} from '../../../src/lib/lifecycle/set-labels.js'
import {type AddonInProcess, APP, startAddonInProcess} from '../../support/in-process-addon.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
  await world.write({labels: {team: 'api', env: 'dev'}})
})
const set = (changes: Readonly<Record<string, string>>) => setLabels(world.context, {appSpace: APP, changes})
const recorded = async () => (await world.record())?.labels

it('labels are set and removed; those that are not named stay', async () => {
  const labels = {env: 'dev', owner: 'ada'}
  expect(await set({owner: 'ada', team: ''})).toEqual({appSpace: APP, labels, changed: true})
  expect(await recorded()).toEqual(labels)
  expect((await world.record())?.lease).toBeFalsy()
})

it('labels that are so already are not written again, whatever the add-on is in the middle of', async () => {
  await world.write({state: 'changing'})
  const before = world.sandbox.requests.length
  expect(await set({team: 'api', gone: ''})).toMatchObject({labels: {team: 'api', env: 'dev'}, changed: false})
  expect(world.sandbox.requests.slice(before).filter(({method}) => method !== 'GET')).toEqual([])
  await expect(set({team: 'web'})).rejects.toMatchObject({code: 'ADDON_UNFINISHED'})
})

it('labels that another run sets meanwhile are kept', async () => {
  const rival = () => world.write({labels: {team: 'api', env: 'dev', rival: 'yes'}})
  world.sandbox.faults.add({method: 'POST', path: 'Items/api-default', when: 'before', do: {call: rival}})
  expect((await set({owner: 'ada'})).labels).toEqual({team: 'api', env: 'dev', rival: 'yes', owner: 'ada'})
  expect(await recorded()).toEqual({team: 'api', env: 'dev', rival: 'yes', owner: 'ada'})
})

it('a preview says what they would be, changes nothing, and is refused as the change would be', async () => {
  const preview = (changes: Readonly<Record<string, string>>) => previewLabels(world.context, {appSpace: APP, changes})
  const before = world.sandbox.requests.length
  expect(await preview({env: ''})).toEqual({dryRun: true, appSpace: APP, labels: {team: 'api'}, changed: true})
  expect(await preview({env: 'dev'})).toMatchObject({changed: false})
  expect(world.sandbox.requests.slice(before).filter(({method}) => method !== 'GET')).toEqual([])
  await world.write({state: 'changing'})
  expect(await preview({env: 'dev'})).toMatchObject({changed: false})
  await expect(preview({env: ''})).rejects.toMatchObject({code: 'ADDON_UNFINISHED'})
})

it('there are no labels without an add-on', async () => {
  await expect(setLabels(world.context, {appSpace: 'web-prod', changes: {a: 'b'}})).rejects.toMatchObject({
    code: 'ADDON_NOT_FOUND',
  })
})
