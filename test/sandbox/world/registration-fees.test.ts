import {expect, it} from '@jest/globals'

import type {Brand, Campaign} from '../../../src/sandbox/state/types/registrations.js'
import {brandFees, campaignFees, endCampaigns} from '../../../src/sandbox/world/registration-fees.js'
import {totalOf, usageOf} from '../../../src/sandbox/world/usage.js'
import {exampleState} from '../state-support.js'

const at = (time: string): number => Date.parse(time)
const example = exampleState()
const since = {accountSid: example.main.sid, createdAt: at('2026-01-31T12:00:00Z'), mock: false}
const brand = {...since, brandType: 'STANDARD', skipAutomaticSecVet: true} as Brand
const campaign = {
  ...since,
  sid: 'QE1',
  usecase: 'LOW_VOLUME',
  review: {askedAt: since.createdAt, problems: []},
} as unknown as Campaign

const charged = (entries: readonly {day: string; price: number}[]) => entries.map(({day, price}) => [day, price])

it('a brand is charged for once, more with secondary vetting, and a mock one never', () => {
  expect(charged(brandFees(brand))).toEqual([['2026-01-31', 4.5]])
  expect(charged(brandFees({...brand, skipAutomaticSecVet: false}))).toEqual([['2026-01-31', 46]])
  expect(brandFees({...brand, mock: true})).toEqual([])
})

it('a campaign is charged for when it is vetted, then by the month once it is verified', () => {
  expect(charged(campaignFees(campaign, since.createdAt))).toEqual([['2026-01-31', 15]])
  expect(charged(campaignFees(campaign, at('2026-03-01T00:00:00Z')))).toEqual([
    ['2026-01-31', 15],
    ['2026-01-31', 1.5],
    ['2026-02-28', 1.5],
  ])
  const rejected = {...campaign, review: {...campaign.review, problems: [{code: 30907, field: 'x'}]}}
  expect(charged(campaignFees(rejected, at('2026-03-01T00:00:00Z')))).toEqual([['2026-01-31', 15]])
  expect(campaignFees({...campaign, mock: true}, at('2026-03-01T00:00:00Z'))).toEqual([])
})

it('what a campaign cost stays when it is deleted, and nothing comes any more', () => {
  const {state, main} = exampleState()
  state.brands.push(brand)
  state.campaigns.push({...campaign, accountSid: main.sid})
  endCampaigns(state, at('2026-02-10T00:00:00Z'), ({sid}) => sid === 'QE1')
  expect(state.campaigns).toEqual([])
  const all = {from: '2026-01-01', to: '2026-12-31'}
  const entries = usageOf(state, main, at('2026-12-31T00:00:00Z'))
  expect(totalOf(entries, 'a2p-registration-fees', all).price).toBe(4.5 + 15 + 1.5)
  expect(totalOf(entries, 'a2p-10dlc-registrationfees-monthly', all).price).toBe(1.5)
})
