import {describe, expect, it} from '@jest/globals'

import {refused, UnknownOutcome} from '../../../src/lib/errors.js'
import {visibilityTimeoutMs} from '../../../src/lib/poll.js'
import {retryUntilVisible, type SendGuard, sendListedOnce, sendOnce} from '../../../src/lib/transport/idempotent.js'
import {answering, transportOf} from '../../support/in-process.js'

const waits: number[] = []
const transport = transportOf(answering(200, {}), (milliseconds) => void waits.push(milliseconds))
const lost = () => Promise.reject(new UnknownOutcome('lost'))

/** Things that are made when they are sent, and show after so many looks; of some requests the answer is lost. */
function maker({lostAnswers = 0, arrives = true, showsAfter = 0} = {}) {
  const made: string[] = []
  let [sent, looks] = [0, 0]
  return {
    made,
    sent: () => sent,
    send: async () => {
      sent += 1
      const isLost = sent <= lostAnswers
      if (!isLost || arrives) made.push(`made ${sent}`)
      return isLost ? lost() : `made ${sent}`
    },
    find: async () => (++looks > showsAfter ? made[0] : undefined),
  }
}

describe('what must not happen twice', () => {
  it('is sent once where all goes well, without a look', async () => {
    const one = maker()
    expect(await sendOnce(transport, {...one, find: lost})).toBe('made 1')
  })

  it.each([0, 3])('is looked for when its answer is lost, and may show late: after %d looks', async (showsAfter) => {
    const one = maker({lostAnswers: 1, showsAfter})
    expect(await sendOnce(transport, one)).toBe('made 1')
    expect(one.made).toEqual(['made 1'])
  })

  it('is sent again only when it does not show for a while', async () => {
    waits.length = 0
    const one = maker({lostAnswers: 1, arrives: false})
    expect(await sendOnce(transport, one)).toBe('made 2')
    expect(waits.reduce((all, each) => all + each, 0)).toBeGreaterThanOrEqual(visibilityTimeoutMs)
  })

  it('is given up after a few rounds, as not known', async () => {
    const one = maker({lostAnswers: 99, arrives: false})
    await expect(sendOnce(transport, one)).rejects.toBeInstanceOf(UnknownOutcome)
    expect(one.sent()).toBe(3)
  })

  it('is not looked for after a definite refusal', async () => {
    const send = () => Promise.reject(refused('TWILIO_REFUSED', 'No.'))
    await expect(sendOnce(transport, {send, find: async () => 'somebody else’s'})).rejects.toMatchObject({
      code: 'TWILIO_REFUSED',
    })
  })

  it('is sent under its lease, each single try of it', async () => {
    const asked: string[] = []
    const guard: SendGuard = {
      requireTime: () => void asked.push('is there time?'),
      withTime: async (work) => {
        asked.push('with time')
        return work()
      },
    }
    const send = async ({beforeEachTry}: {readonly beforeEachTry?: () => void}) => {
      beforeEachTry?.()
      return 'made'
    }
    await sendOnce(transport, {send, find: lost, guard})
    expect(asked).toEqual(['with time', 'is there time?'])
  })
})

describe('what nothing tells from another one like it', () => {
  const all = (...sids: string[]) => sids.map((sid) => ({sid}))

  it('is the one that was not listed before, when its answer is lost', async () => {
    const listed = [all('MM1'), all('MM2', 'MM1')]
    const list = async () => listed.shift() ?? []
    expect(await sendListedOnce(transport, {send: lost, list, seeAt: 'the list'})).toEqual({sid: 'MM2'})
  })

  it('is left to a person where it is never listed', async () => {
    const failed = sendListedOnce(transport, {send: lost, list: async () => all('MM1'), seeAt: '`aka twilio:m2m`'})
    await expect(failed).rejects.toMatchObject({
      exitCode: 7,
      suggestions: [expect.stringContaining('aka twilio:m2m') as unknown],
    })
  })
})

describe('what may not be visible yet', () => {
  const missing = () => Promise.reject(refused('FILE_NOT_ACCESSIBLE', 'Not found.'))
  const isMissing = (error: unknown) => (error as {code?: string}).code === 'FILE_NOT_ACCESSIBLE'

  it('is asked for again for a few seconds, and then believed not to be there', async () => {
    let looks = 0
    expect(await retryUntilVisible(transport, async () => (++looks < 4 ? missing() : 'there'), isMissing)).toBe('there')
    await expect(retryUntilVisible(transport, missing, isMissing)).rejects.toMatchObject({code: 'FILE_NOT_ACCESSIBLE'})
  })

  it('is not asked for again after any other failure', async () => {
    let looks = 0
    const refusedOnce = async () => {
      looks += 1
      throw refused('TWILIO_REFUSED', 'No.')
    }
    await expect(retryUntilVisible(transport, refusedOnce, isMissing)).rejects.toMatchObject({code: 'TWILIO_REFUSED'})
    expect(looks).toBe(1)
  })
})
