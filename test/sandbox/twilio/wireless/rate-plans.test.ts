import {describe, expect, it} from '@jest/globals'

import {codeOf} from '../../sdk.js'
import {wirelessWorld} from '../../sim-support.js'

describe('rate plans', () => {
  it('have unique names and limits in range', async () => {
    const {v1, plan, sub} = await wirelessWorld()
    expect((await v1.ratePlans('plan').fetch()).sid).toBe(plan.sid)
    expect((await v1.ratePlans.list()).map(({sid}) => sid)).toEqual([plan.sid])
    expect(plan).toMatchObject({dataLimit: 1000, dataMetering: 'payg', messagingEnabled: true, dataEnabled: false})
    expect(await codeOf(v1.ratePlans.create({uniqueName: 'plan'}))).toBe(33101)
    expect(await codeOf(v1.ratePlans.create({dataLimit: 2_000_001}))).toBe(33101)
    expect(await codeOf(v1.ratePlans.create({dataMetering: 'free'}))).toBe(33101)
    expect(await codeOf(sub.wireless.v1.ratePlans(plan.sid).fetch())).toBe(20404)
  })
})
