import {tmpdir} from 'node:os'

import {describe, expect, it} from '@jest/globals'

import {json, startCli} from '../../support/cli.js'

const PLANS = [
  {name: 'small', pricePerMonth: 50, voiceMinutesPerMonth: 2500, smsPerMonth: 3000, m2mPerMonth: 1000, simLimit: 40},
  {name: 'medium', pricePerMonth: 100, voiceMinutesPerMonth: 5000, smsPerMonth: 6000, m2mPerMonth: 2000, simLimit: 80},
  {
    name: 'large',
    pricePerMonth: 200,
    voiceMinutesPerMonth: 10000,
    smsPerMonth: 12000,
    m2mPerMonth: 4000,
    simLimit: 160,
  },
]

/** No credentials, no network, no home. */
const nobody = {
  env: {PATH: process.env.PATH, HOME: '/nonexistent', AKA_TWILIO_ENDPOINT: 'http://127.0.0.1:9'},
  cwd: tmpdir(),
}

describe('addons:plans', () => {
  it('shows the table with prices and limits, SIM card prices, and that email is not included', async () => {
    const {exitCode, stdout, stderr} = await startCli('addons:plans twilio', nobody).finished
    const row = (label: string) => stdout.split('\n').find((line) => line.includes(label)) ?? ''
    expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''})
    expect(row('Price')).toMatch(/\$50\/month +\$100\/month +\$200\/month/)
    expect(row('Voice')).toMatch(/2,500 +5,000 +10,000/)
    expect(row('SMS')).toMatch(/3,000 +6,000 +12,000/)
    expect(row('M2M')).toMatch(/1,000 +2,000 +4,000/)
    expect(row('number')).toMatch(/yes +yes +yes/)
    expect(row('SIM limit')).toMatch(/40 +80 +160/)
    expect(stdout).toMatch(/\$40\/month.*\$5 once per card/)
    expect(stdout).toMatch(/Registering a US local number .*\$4\.50, or \$46 .*\$15\).*from \$1\.50/)
    expect(stdout).toMatch(/email \(SendGrid\)/)
  })

  it('prints the same with --json, by its alias too, and knows no other add-on', async () => {
    const [own, alias, other] = await Promise.all([
      startCli('addons:plans --json', nobody).finished,
      startCli('twilio:plans --json', nobody).finished,
      startCli('addons:plans redis', nobody).finished,
    ])
    expect(json(own)).toMatchObject({
      plans: PLANS,
      simCards: {perMonthFromFirstCard: 40, perCardOnce: 5},
      registration: {brandOnce: 4.5, campaignVettingOnce: 15, campaignPerMonthFrom: 1.5},
    })
    expect(json(alias)).toEqual(json(own))
    expect(other).toMatchObject({exitCode: 2, stdout: ''})
    expect(other.stderr).toMatch(/twilio/)
  })
})
