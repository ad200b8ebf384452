import {describe, expect, it} from '@jest/globals'

import {Failure} from '../../../../src/lib/errors.js'
import type {TwilioAccount} from '../../../../src/lib/twilio/connect.js'
import {TwilioRefusal} from '../../../../src/lib/twilio/errors.js'
import {twilioCarrier} from '../../../../src/lib/twilio/sims/carrier.js'
import {sim} from '../../../support/sim-records.js'

const refusal = (status: number, code?: number, path = '/v1/Sims/HS1') =>
  TwilioRefusal.from(status, JSON.stringify({code, message: 'No'}), new URL(`https://supersim.twilio.com${path}`))

/** Both products as they answer: `wireless` may refuse. */
function carrier({wireless}: {wireless?: TwilioRefusal} = {}) {
  const asked: string[] = []
  const product = (name: string, prefix: string, refused?: TwilioRefusal) => {
    const answer = async (what: string) => {
      asked.push(`${name} ${what}`)
      if (refused) throw refused
      return {sid: `${prefix}1`, iccid: '8988', uniqueName: '', status: 'new', dateCreated: new Date(0)}
    }
    const resource = Object.assign(
      (key: string) => ({
        fetch: () =>
          key.startsWith(prefix) || key === `an-${name}%2FSIM%3F`
            ? answer(`fetch ${key}`)
            : Promise.reject(refusal(404, 20404)),
        update: (changes: object) => answer(`update ${key} ${Object.keys(changes).join()}`),
      }),
      {list: async () => [await answer('list')]},
    )
    return {v1: {sims: resource, fleets: resource, ratePlans: resource, esimProfiles: resource}}
  }
  const account = {
    sid: 'AC1',
    supersim: async () => product('new', 'HS'),
    wireless: async () => product('old', 'DE', wireless),
  } as unknown as TwilioAccount
  return {...twilioCarrier(account), asked}
}

describe('a SIM of Twilio', () => {
  it('is one of two products', async () => {
    const port = carrier()
    expect((await port.listSims()).map(({sid, product, name}) => [sid, product, name])).toEqual([
      ['HS1', 'super-sim', undefined],
      ['DE1', 'wireless', undefined],
    ])
    expect(port.owner).toBe('AC1')
  })

  it('is only a Super SIM where Programmable Wireless is not served any more', async () => {
    const gone = TwilioRefusal.from(410, '', new URL('https://wireless.twilio.com/v1/Sims'))
    expect(await carrier({wireless: gone}).listSims()).toMatchObject([{product: 'super-sim'}])
    expect(await carrier({wireless: gone}).listGroups('wireless')).toEqual([])
    await expect(carrier({wireless: refusal(403, 20003)}).listSims()).rejects.toBeInstanceOf(TwilioRefusal)
  })

  it('tells by its SID of which, and by its name only when both are asked', async () => {
    const port = carrier()
    const old = sim(1, {sid: `DE${'1'.repeat(32)}`, product: 'wireless'})
    await port.fetchSim(old.sid)
    await port.fetchSim('an-old/SIM?')
    await port.move(old.sid, 'AC2', {})
    await port.activate(old, 'WP1')
    await port.deactivate(sim(1))
    await port.rename(sim(1), 'van-1')
    expect(port.asked).toEqual([
      `old fetch ${old.sid}`,
      'old fetch an-old%2FSIM%3F',
      `old update ${old.sid} accountSid`,
      `old update ${old.sid} status,ratePlan`,
      'new update HS1 status',
      'new update HS1 uniqueName',
    ])
  })

  it('that neither has is exit 4', async () => {
    for (const name of ['van-1', `HS${'0'.repeat(32)}`.replace('HS', 'XX')])
      await expect(carrier().fetchSim(name)).rejects.toMatchObject({code: 'SIM_NOT_FOUND', outcome: 'notFound'})
  })
})

describe('why Twilio refused', () => {
  it.each([
    ['already registered', refusal(400, 83003)],
    ['name taken', refusal(400, 83011)],
    ['not found', refusal(404, 20404)],
    ['not served', refusal(404, 20404, '/v1/Sims')],
    ['not served', refusal(410, undefined)],
    ['other', refusal(400, 83010)],
    [undefined, refusal(401, 20003)],
    [undefined, new Failure({code: 'SERVICE_UNAVAILABLE', message: '503'})],
    [undefined, new Error('a bug')],
  ])('%s', (reason, error) => {
    expect(carrier().refusalOf(error)).toBe(reason)
  })
})
