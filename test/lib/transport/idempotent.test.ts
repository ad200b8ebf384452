import {beforeEach, describe, expect, it} from '@jest/globals'

import {interrupted, refused, temporary, UnknownOutcome} from '../../../src/lib/errors.js'
import {visibilityTimeoutMs} from '../../../src/lib/poll.js'
import {
  listsLateMs,
  retryUntilVisible,
  type SendGuard,
  sendListedOnce,
  sendOnce,
  sendRepeatable,
} from '../../../src/lib/transport/idempotent.js'
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

const waited = () => waits.reduce((all, each) => all + each, 0)
const effect = 'the thing was made'

describe('what must not happen twice', () => {
  beforeEach(() => void (waits.length = 0))

  it('is sent once where all goes well, without a look', async () => {
    const one = maker()
    expect(await sendOnce(transport, {...one, find: lost, effect})).toBe('made 1')
  })

  it.each([0, 3, 16])('is looked for when its answer is lost, and may show after %d looks', async (showsAfter) => {
    const one = maker({lostAnswers: 1, showsAfter})
    expect(await sendOnce(transport, {...one, effect})).toBe('made 1')
    expect(one.made).toEqual(['made 1'])
  })

  it('is never sent again, but told as not known, where it does not show for half a minute', async () => {
    const one = maker({lostAnswers: 1, arrives: false})
    await expect(sendOnce(transport, {...one, effect})).rejects.toMatchObject({
      exitCode: 7,
      message: 'It is not known whether the thing was made: lost, and it did not show in the 30 seconds after.',
    })
    expect(one.sent()).toBe(1)
    expect(waited()).toBeGreaterThanOrEqual(listsLateMs)
  })

  it('is found although a look fails now and then', async () => {
    let looks = 0
    const find = async () => {
      looks += 1
      if (looks < 4) throw temporary('SERVICE_UNAVAILABLE', 'Later.')
      return 'made'
    }
    expect(await sendOnce(transport, {send: lost, find, effect})).toBe('made')
  })

  it.each([
    ['looking for it fails', temporary('SERVICE_UNAVAILABLE', 'No lists now.'), 7, /lost, and looking .* No lists now/],
    ['a person stops it', interrupted(), 130, /^Interrupted\. It is not known whether the thing was made: lost\.$/],
  ])('is reported as not known where %s', async (_, failure, exitCode, message) => {
    const failed = sendOnce(transport, {send: lost, find: () => Promise.reject(failure), effect})
    await expect(failed).rejects.toMatchObject({
      exitCode,
      message: expect.stringMatching(message),
      cause: expect.any(UnknownOutcome),
    })
  })

  it('is not looked for after a definite refusal', async () => {
    const send = () => Promise.reject(refused('TWILIO_REFUSED', 'No.'))
    await expect(sendOnce(transport, {send, find: async () => 'somebody else’s', effect})).rejects.toMatchObject({
      code: 'TWILIO_REFUSED',
    })
  })

  it('is sent under its lease, each single try of it, and looked for under it', async () => {
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
      return lost()
    }
    let looks = 0
    await sendOnce(transport, {send, find: async () => (++looks === 2 ? 'made' : undefined), guard, effect})
    expect(asked).toEqual(['with time', 'is there time?', 'with time', 'is there time?'])
  })
})

describe('what does no harm when it is repeated', () => {
  beforeEach(() => void (waits.length = 0))

  it('is sent again when it does not show for a while', async () => {
    const one = maker({lostAnswers: 1, arrives: false})
    expect(await sendRepeatable(transport, one)).toBe('made 2')
    expect(waited()).toBeGreaterThanOrEqual(visibilityTimeoutMs)
  })

  it('is given up after a few rounds, as not known', async () => {
    const one = maker({lostAnswers: 99, arrives: false})
    await expect(sendRepeatable(transport, one)).rejects.toBeInstanceOf(UnknownOutcome)
    expect(one.sent()).toBe(3)
  })
})

describe('what nothing tells from another one like it', () => {
  const all = (...sids: string[]) => sids.map((sid) => ({sid}))
  const sending = {send: lost, effect: 'the message was sent', seeAt: '`aka twilio:m2m`'}

  it('is the one that was not listed before, when its answer is lost', async () => {
    const listed = [all('MM1'), all('MM2', 'MM1')]
    const list = async () => listed.shift() ?? []
    expect(await sendListedOnce(transport, {...sending, list})).toEqual({sid: 'MM2'})
  })

  it.each([
    ['it is never listed', undefined, 7],
    ['looking for it fails', temporary('SERVICE_UNAVAILABLE', 'No lists now.'), 7],
    ['a person stops it', interrupted(), 130],
  ])('is left to a person where %s', async (_, failure, exitCode) => {
    let looks = 0
    const list = async () => {
      looks += 1
      if (failure && looks > 1) throw failure
      return all('MM1')
    }
    await expect(sendListedOnce(transport, {...sending, list})).rejects.toMatchObject({
      exitCode,
      message: expect.stringContaining('not known whether the message was sent'),
      suggestions: ['Look at `aka twilio:m2m` before sending it again.'],
    })
  })

  it('is as it was where nothing was sent', async () => {
    const failed = sendListedOnce(transport, {...sending, list: () => Promise.reject(interrupted())})
    await expect(failed).rejects.toMatchObject({suggestions: ['Run the same command again to resume.']})
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
