import {beforeEach, expect, it} from '@jest/globals'

import type {AddonRecord} from '../../../src/lib/addon/record.js'
import {previewRotate} from '../../../src/lib/lifecycle/preview-rotate.js'
import {addAddon, type AddonInProcess, APP, startAddonInProcess} from '../../support/in-process-addon.js'

const dayMs = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs).toISOString()
const old: Partial<AddonRecord> = {rotatedAt: daysAgo(91)}
const young: Partial<AddonRecord> = {rotatedAt: daysAgo(89)}
const interrupted: Partial<AddonRecord> = {state: 'changing', rotation: {stage: 'making', before: 'x'}}
const unfinished: Partial<AddonRecord> = {state: 'destroying'}

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})

const preview = (olderThanMs?: number) =>
  previewRotate(world.context, {appSpace: APP, graceSeconds: undefined, olderThanMs})

it('a preview says whose token would be rotated and how old it is; nothing is changed', async () => {
  const accountSid = await addAddon(world, APP, young)
  const from = world.sandbox.requests.length
  expect(await preview()).toEqual({
    dryRun: true,
    appSpace: APP,
    accountSid,
    wouldRotate: true,
    resumes: false,
    rotatedAt: young.rotatedAt,
  })
  expect(world.sandbox.requests.slice(from).filter(({method}) => method !== 'GET')).toEqual([])
})

it.each<[string, Partial<AddonRecord>, {readonly wouldRotate: boolean; readonly resumes: boolean}]>([
  ['is rotated where it is older than that', old, {wouldRotate: true, resumes: false}],
  ['stays where it is younger', young, {wouldRotate: false, resumes: false}],
  [
    'is as old as the add-on at most, where its age is unknown',
    {createdAt: daysAgo(89)},
    {wouldRotate: false, resumes: false},
  ],
  ['that is being rotated is rotated to the end', {...young, ...interrupted}, {wouldRotate: true, resumes: true}],
  [
    'that stays, stays, whatever the add-on is in the middle of',
    {...young, ...unfinished},
    {wouldRotate: false, resumes: false},
  ],
])('a token %s', async (_, record, expected) => {
  await addAddon(world, APP, record)
  expect(await preview(90 * dayMs)).toMatchObject(expected)
})

it('a preview is refused as the rotation would be', async () => {
  await expect(preview()).rejects.toMatchObject({code: 'ADDON_NOT_FOUND'})
  await addAddon(world, APP, {...old, ...unfinished})
  await expect(preview()).rejects.toMatchObject({code: 'ADDON_UNFINISHED'})
  await expect(preview(90 * dayMs)).rejects.toMatchObject({code: 'ADDON_UNFINISHED'})
})
