import {describe, expect, it} from '@jest/globals'

import {renderDestroyed, simConsequences} from '../../../../src/cli/output/addons/destroy.js'
import type {Sim} from '../../../../src/lib/carrier/port.js'
import type {OrderRecord} from '../../../../src/lib/sims/order.js'

const sims = (count: number) => Array.from({length: count}, () => ({}) as Sim)
const none = {neverActivated: [], connected: [], others: [], outstanding: [], carrier: 'twilio'} as const

describe('what becomes of the SIMs', () => {
  it('is not mentioned where there are none', () => expect(simConsequences(none)).toEqual([]))

  it('is a sentence for each kind, of one or of several', () => {
    const outstanding = [{order: 'ord-a'}, {order: 'ord-b'}] as OrderRecord[]
    const plan = {neverActivated: sims(1), connected: sims(2), others: sims(1), outstanding}
    expect(simConsequences({...plan, carrier: 'twilio'})).toEqual([
      "1 SIM that was never activated is returned to the main account's stock.",
      '2 SIMs in use are deactivated and closed with the subaccount.',
      '1 SIM not in use is closed with the subaccount.',
      'Open orders are cancelled: ord-a, ord-b.',
    ])
    expect(simConsequences({...plan, carrier: 'kore'})).toEqual([
      '1 SIM that was never activated is returned to the stock at KORE.',
      '2 SIMs in use are deactivated and left in the account at KORE.',
      '1 SIM not in use is left in the account at KORE.',
      'Open orders are cancelled: ord-a, ord-b.',
    ])
  })
})

describe('a destroyed add-on', () => {
  const nothing = {toStock: [], deactivated: [], cancelledOrders: []}
  const common = {appSpace: 'api-dev', removedVars: [], keptNumber: null, keptNumbers: [], sims: nothing}

  it('is distinguished from one that was not there', () => {
    expect(renderDestroyed({...common, destroyed: false, accountSid: null})).toBe(
      'api-dev has no Twilio add-on; there was nothing to destroy.',
    )
  })

  it('lists what was done, and nothing else', () => {
    const document = {
      ...common,
      destroyed: true,
      accountSid: 'AC1',
      keptNumber: '+18015556666',
      keptNumbers: ['+18015556666'],
      sims: {...nothing, cancelledOrders: ['ord-a']},
    }
    expect(renderDestroyed(document)).toBe(
      [
        'The Twilio add-on of api-dev was destroyed.',
        '  Closed: AC1',
        '  Moved to the main account: +18015556666',
        '  Cancelled orders: ord-a',
      ].join('\n'),
    )
  })
})
