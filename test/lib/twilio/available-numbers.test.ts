import {beforeEach, describe, expect, it} from '@jest/globals'

import {type NumberQuery, searchNumbers} from '../../../src/lib/twilio/available-numbers.js'
import {type InProcess, startInProcess} from '../../support/in-process.js'

const LOCAL: NumberQuery = {country: 'US', type: 'local', withoutAddress: true}

let world: InProcess
beforeEach(async () => {
  world = await startInProcess()
})

describe('searching numbers', () => {
  it('finds those of an area code, or with some digits, that do voice and SMS', async () => {
    const inArea = await searchNumbers(world.main, {...LOCAL, areaCode: '801'})
    expect(inArea.length).toBeGreaterThan(0)
    for (const {e164, capabilities} of inArea) {
      expect(e164).toMatch(/^\+1801\d{7}$/)
      expect(capabilities).toMatchObject({voice: true, sms: true})
    }
    for (const {e164} of await searchNumbers(world.main, {...LOCAL, contains: '55'})) expect(e164).toContain('55')
  })

  it('finds those of each type, no more than a page of them', async () => {
    for (const type of ['local', 'toll-free'] as const)
      expect((await searchNumbers(world.main, {...LOCAL, type})).length).toBeLessThanOrEqual(50)
    const [free] = await searchNumbers(world.main, {...LOCAL, type: 'toll-free'})
    expect(free?.e164).toMatch(/^\+18/)
    const [mobile] = await searchNumbers(world.main, {...LOCAL, country: 'GB', type: 'mobile', withoutAddress: false})
    expect(mobile?.e164).toMatch(/^\+447/)
  })

  it('asks for numbers that need no address only where none is given', async () => {
    for (const withoutAddress of [true, false]) await searchNumbers(world.main, {...LOCAL, withoutAddress})
    const asked = world.sandbox.requests.map(({url}) => new URL(url).searchParams.get('ExcludeAllAddressRequired'))
    expect(asked).toEqual(['true', null])
  })
})
