import {describe, expect, it} from '@jest/globals'

import type {SimOwner} from '../../../src/lib/carrier/service.js'
import {koreSims} from '../../../src/lib/kore/service.js'
import {json, type KoreAnswer, startKore} from '../../support/in-process-kore.js'
import {sidAt} from '../../support/in-process-registration.js'

const MAIN = sidAt('AC', 1)
const OTHER = sidAt('AC', 2)

const service = (answers: Parameters<typeof startKore>[0] = {}) =>
  koreSims(startKore(answers).account, {source: 'the test', country: 'US'})

describe('the fleet of an add-on', () => {
  const owner: SimOwner = {appSpace: 'api-default', host: 'h', registry: 'r', account: {sid: MAIN, authToken: 'a'}}
  const fleetOf = (changes: Partial<SimOwner> = {}) => service().carrierOf({...owner, ...changes}).owner

  it('has a name that people recognise, within 64 characters, and always the same', () => {
    expect(fleetOf()).toMatch(/^api-default-aka-twilio-[0-9a-f]{16}$/)
    expect(fleetOf({appSpace: 'a'.repeat(80)})).toHaveLength(64)
    expect(fleetOf({account: {sid: MAIN, authToken: 'rotated'}})).toBe(fleetOf())
  })

  it.each<Partial<SimOwner>>([
    {appSpace: 'web-default'},
    {host: 'another'},
    {registry: 'another'},
    {account: {sid: OTHER, authToken: 'a'}},
  ])('is not that of another installation, registry or add-on, nor of a later one of the app-space: %j', (changes) => {
    expect(fleetOf(changes)).not.toBe(fleetOf())
  })
})

describe('the SIMs that all add-ons share an account for', () => {
  it('are told apart by their fleet: only those in one that is named so are an add-on’s', async () => {
    const names = ['api-default-aka-twilio-0123456789abcdef', 'aka-twilio-stock', 'somebody-elses']
    const fleets = names.map((unique_name, at) => ({sid: sidAt('HF', at), unique_name}))
    const sims = [...fleets.map(({sid}) => sid), null].map((fleet_sid, at) => ({
      sid: sidAt('HS', at),
      unique_name: '',
      iccid: `89883070000000000${at}`,
      status: 'new',
      fleet_sid,
    }))
    const other: KoreAnswer = (_, {url}) =>
      json(200, {...(url.includes('/Fleets') ? {fleets} : {sims}), meta: {next_page_url: null}})
    const shared = (await service({other}).listShared?.()) ?? []
    expect(shared.map(({fleet, isAddons}) => [fleet, isAddons])).toEqual([
      [names[0], true],
      [names[1], false],
      [names[2], false],
      [undefined, false],
    ])
  })
})

describe('what a doctor says of KORE', () => {
  const mapping = (id: string, legacy_account_id?: string) => ({id, legacy_account_id, platform: 'twilio'})
  const examine = (...platforms: unknown[]) => service({other: () => json(200, {platforms})}).examine(MAIN)
  const client = 'KORE, API client client-1, from the test'

  it.each([
    ['it is linked to', [mapping('acct_1', MAIN)], `account acct_1, linked to ${MAIN}`],
    [
      'one of several is linked to',
      [mapping('acct_1', OTHER), mapping('acct_2', MAIN)],
      `account acct_1, linked to ${OTHER}, account acct_2, linked to ${MAIN}`,
    ],
    ['nothing is linked to', [], 'not linked to a Twilio account'],
  ])('is who is logged in, and needs no advice where the main account is what %s', async (_, platforms, detail) => {
    expect(await examine(...platforms)).toEqual({detail: `${client}; ${detail}`})
  })

  it.each([
    [OTHER, OTHER],
    [undefined, 'no Twilio account'],
  ])('is a warning where it is linked to another account: %s', async (account, named) => {
    expect(await examine(mapping('acct_1', account))).toEqual({
      detail: `${client}; account acct_1, linked to ${named}; not linked to the main account ${MAIN}`,
      suggestion: expect.stringContaining('SIMs that the main account had at Twilio') as unknown,
    })
  })

  it('is all that can be told where KORE does not let the API client read what it is linked to', async () => {
    expect(await service({other: () => json(403, {message: 'No'})}).examine(MAIN)).toEqual({
      detail: expect.stringMatching(
        new RegExp(`^${client}; which Twilio account .* could not be read: KORE .*No`),
      ) as unknown,
      suggestion: expect.stringContaining('Orders work without it') as unknown,
    })
  })

  it.each([
    [
      'KORE does not know the API client',
      {token: () => json(401, {error: 'invalid_client'})},
      'KORE_CREDENTIALS_REFUSED',
    ],
    ['KORE gives it no token', {token: () => json(400, {error: 'invalid_scope'})}, 'KORE_REFUSED'],
    ['KORE is not there', {other: () => json(503, {})}, 'SERVICE_UNAVAILABLE'],
    ['KORE answers something else', {other: () => json(200, [])}, 'KORE_RESPONSE_INVALID'],
  ])('is a failure where %s', async (_, answers, code) => {
    await expect(service(answers).examine(MAIN)).rejects.toMatchObject({code})
  })
})
