import {beforeAll, describe, expect, it} from '@jest/globals'

import type {NumberOptions} from '../../../src/lib/addon/number-options.js'
import type {NumberSource} from '../../../src/lib/addon/record.js'
import type {ChangePlan} from '../../../src/lib/number/change/plan.js'
import {priceOfNext} from '../../../src/lib/number/price.js'
import {type InProcess, startInProcess} from '../../support/in-process.js'
import {addonRecord} from '../../support/in-process-addon.js'

let world: InProcess
beforeAll(async () => void (world = await startInProcess()))

const local: NumberOptions = {country: 'US', type: 'local'}
const held = {sid: 'PN1', e164: '+18015550100', transferred: false}

const priceOf = (options: NumberOptions, next: string, source?: NumberSource) =>
  priceOfNext(world, {
    state: 'ready',
    record: addonRecord(),
    old: held,
    oldIsThere: true,
    keepOld: false,
    source: source ?? {from: 'Twilio', candidates: [next]},
    next,
    webhooks: {},
    options,
  } satisfies ChangePlan)

describe('what the next number costs a month', () => {
  it('goes by its country and type', async () => {
    expect(await priceOf(local, '+18015550199')).toEqual({perMonth: 1.15, currency: 'USD'})
    expect(await priceOf({country: 'DE', type: 'mobile'}, '+4915100000001')).toMatchObject({perMonth: 15})
  })

  it('goes by the number itself, where just that one was asked for', async () => {
    const phoneNumber = '+18005550100'
    expect(await priceOf({...local, phoneNumber}, phoneNumber)).toMatchObject({perMonth: 2.15})
    expect(await priceOf({country: 'DE', type: 'local', phoneNumber: held.e164}, held.e164)).toMatchObject({
      perMonth: 1.15,
    })
  })

  it('is unknown for just one number outside of North America, which does not show its type', async () => {
    const phoneNumber = '+4915100000001'
    expect(await priceOf({country: 'DE', type: 'local', phoneNumber}, phoneNumber)).toBeUndefined()
  })

  it('is unknown where Twilio sells no such numbers', async () => {
    expect(await priceOf({country: 'IE', type: 'mobile'}, '+353100000001')).toBeUndefined()
  })

  it('is nothing new where no number is bought', async () => {
    expect(await priceOf(local, held.e164, {from: 'main account', number: held, webhooks: {}})).toBeUndefined()
  })
})
