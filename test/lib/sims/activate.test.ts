import {describe, expect, it} from '@jest/globals'

import type {NewSimGroup, Sim, SimCarrier} from '../../../src/lib/carrier/port.js'
import {refused} from '../../../src/lib/errors.js'
import {activateSims, chooseGroup, deactivateSims} from '../../../src/lib/sims/activate.js'
import type {SimContext} from '../../../src/lib/sims/context.js'
import {stopClock} from '../../support/clock.js'
import {sim} from '../../support/sim-records.js'

const transport = stopClock()

/** A carrier with these fleets and SIMs, whose status changes at once. */
function carrier(fleets: readonly string[], ...sims: Sim[]) {
  const sent: string[] = []
  const bySid = new Map(sims.map((each) => [each.sid, each]))
  const become = async (what: string, each: Sim, changes: Partial<Sim>) => {
    sent.push(`${what} ${each.sid}`)
    if (each.name === 'broken') throw refused('TWILIO_REFUSED', 'No.')
    bySid.set(each.sid, {...each, ...changes})
    return {...each, ...changes}
  }
  const port: Partial<SimCarrier> = {
    transport: transport as SimCarrier['transport'],
    standardGroup: 'aka-twilio',
    prepareGroup: async () => undefined,
    fetchSim: async (name) => bySid.get(name) ?? sim(0),
    listGroups: async () => fleets.map((name) => ({sid: `HF-${name}`, name})),
    async createGroup(product, {name, country}: NewSimGroup) {
      sent.push(`create ${name} of ${product} for ${country}`)
      return {sid: `HF-${name}`, name}
    },
    activate: (each, group) => become('activate', each, {status: 'active', group}),
    deactivate: (each) => become('deactivate', each, {status: 'inactive'}),
    refusalOf: () => 'other',
  }
  const context = {
    sims: port as SimCarrier,
    progress: (_: string, work: () => unknown) => work(),
  } as unknown as SimContext
  return {port: port as SimCarrier, context, sent}
}

const choice = {group: undefined, country: 'US'}

describe('the fleet that SIMs get', () => {
  it.each([
    ['the only one', ['vans'], choice, 'HF-vans'],
    ['the standard one of several', ['vans', 'aka-twilio'], choice, 'HF-aka-twilio'],
    ['the one that is named', ['vans', 'bikes'], {...choice, group: 'bikes'}, 'HF-bikes'],
    ['the one of that SID', ['vans', 'bikes'], {...choice, group: 'HF-bikes'}, 'HF-bikes'],
  ])('is %s', async (_, fleets, asked, sid) => {
    expect(await chooseGroup(carrier(fleets).port, 'super-sim', asked)).toMatchObject({sid})
  })

  it('is a new one with the networks of the country where there is none', async () => {
    const {port, sent} = carrier([])
    await chooseGroup(port, 'wireless', {group: undefined, country: 'CA'})
    expect(sent).toEqual(['create aka-twilio of wireless for CA'])
  })

  it.each([
    ['FLEET_AMBIGUOUS', ['vans', 'bikes'], choice, /--fleet: vans, bikes/],
    ['FLEET_UNKNOWN', ['vans', 'bikes'], {...choice, group: 'cars'}, /There are: vans, bikes/],
    ['FLEET_UNKNOWN', [], {...choice, group: 'cars'}, /Leave --fleet out/],
  ])('is for a person to choose: %s', async (code, fleets, asked, way) => {
    const failure = await chooseGroup(carrier(fleets).port, 'super-sim', asked).catch((error: unknown) => error)
    expect(failure).toMatchObject({code, outcome: 'usage', suggestions: [expect.stringMatching(way)]})
  })
})

describe('several SIMs', () => {
  const [one, two, three] = [sim(1), sim(2, {name: 'broken'}), sim(3)]
  const asked = {...choice, wait: true}

  it('are activated one after the other, and those that are active already are left alone', async () => {
    const {context, sent} = carrier(['vans'], one, sim(2, {status: 'active', group: 'HF-vans'}), three)
    const {sims, failure} = await activateSims(context, ['HS1', 'HS2', 'HS3'], asked)
    expect([sims.map(({status}) => status), failure]).toEqual([['active', 'active', 'active'], undefined])
    expect(sent).toEqual(['activate HS1', 'activate HS3'])
  })

  it('keep the fleet that they have, unless one is named', async () => {
    const {context} = carrier(['vans', 'bikes'], sim(1, {status: 'inactive', group: 'HF-bikes'}))
    expect((await activateSims(context, ['HS1'], asked)).sims).toMatchObject([{group: 'HF-bikes'}])
    expect((await activateSims(context, ['HS1'], {...asked, group: 'vans'})).sims).toMatchObject([{group: 'HF-vans'}])
  })

  it('are reported as far as they were changed before one failed, and which were not tried', async () => {
    const {context} = carrier(['vans'], one, two, three)
    expect(await activateSims(context, ['HS1', 'HS2', 'HS3'], asked)).toMatchObject({
      sims: [{sid: 'HS1', status: 'active'}],
      failure: {code: 'TWILIO_REFUSED', suggestions: ['Not tried: HS3.']},
    })
  })

  it('of which the first fails are a failure', async () => {
    const {context} = carrier(['vans'], two, one)
    await expect(activateSims(context, ['HS2', 'HS1'], asked)).rejects.toMatchObject({code: 'TWILIO_REFUSED'})
  })

  it('are deactivated the same way', async () => {
    const on = {status: 'active', group: 'HF-vans'}
    const {context, sent} = carrier(['vans'], sim(1, on), sim(2), sim(3, {...on, name: 'broken'}))
    expect(await deactivateSims(context, ['HS1', 'HS2', 'HS3'], {wait: true})).toMatchObject({
      sims: [{status: 'inactive'}, {status: 'new'}],
      failure: {code: 'TWILIO_REFUSED', suggestions: []},
    })
    expect(sent).toEqual(['deactivate HS1', 'deactivate HS3'])
  })
})
