import {beforeEach, describe, expect, it} from '@jest/globals'

import {fetchAccount} from '../../../src/lib/twilio/accounts.js'
import {TwilioRefusal} from '../../../src/lib/twilio/errors.js'
import {openSubaccount, type Subaccount} from '../../../src/lib/twilio/subaccount.js'
import {type InProcess, startInProcess} from '../../support/in-process.js'

let world: InProcess
let open: (isNew?: boolean) => Subaccount
beforeEach(async () => {
  world = await startInProcess()
  const account = await fetchAccount(world.main, (await world.newSubaccount()).sid)
  open = (isNew) =>
    isNew === undefined ? openSubaccount(world.main, account) : openSubaccount(world.main, account, {isNew})
})

const refusal = (status: number) => TwilioRefusal.from(status, '', new URL('https://api.twilio.com/'))
/** Work that is refused so often first. */
function work(status: number, times: number) {
  let tries = 0
  const once = async () => {
    if (++tries <= times) throw refusal(status)
    return 'done'
  }
  return {once, tries: () => tries}
}

describe('in a subaccount that was just made', () => {
  it.each([401, 404])('work goes on once all of Twilio knows it: %d', async (status) => {
    const {once, tries} = work(status, 3)
    expect(await open(true).whenVisible(once)).toBe('done')
    expect(tries()).toBe(4)
  })

  it('work is given up where it stays unknown for more than a few seconds', async () => {
    await expect(open(true).whenVisible(work(404, 99).once)).rejects.toMatchObject({twilio: {status: 404}})
    const waited = world.waits.reduce((all, each) => all + each, 0)
    expect(waited).toBeGreaterThan(3000)
    expect(waited).toBeLessThan(10_000)
  })

  it('work that fails for another reason fails at once', async () => {
    const {once, tries} = work(400, 1)
    await expect(open(true).whenVisible(once)).rejects.toMatchObject({twilio: {status: 400}})
    await expect(open(true).whenVisible(() => Promise.reject(new TypeError('a bug')))).rejects.toThrow('a bug')
    expect([tries(), world.waits]).toEqual([1, []])
  })
})

describe('in any other subaccount', () => {
  it('what is not there is not waited for', async () => {
    for (const sub of [open(), open(false)])
      await expect(sub.whenVisible(work(404, 1).once)).rejects.toMatchObject({twilio: {status: 404}})
    expect(world.waits).toEqual([])
  })
})
