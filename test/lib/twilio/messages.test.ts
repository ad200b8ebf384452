import {describe, expect, it} from '@jest/globals'

import {UnknownOutcome} from '../../../src/lib/errors.js'
import type {TwilioAccount} from '../../../src/lib/twilio/connect.js'
import {ensureSent} from '../../../src/lib/twilio/messages.js'
import {stopClock} from '../../support/clock.js'

const ends = {from: '+14155550100', to: '+14155550101'}

/** How a request ends; those behind the last one succeed. */
type Ending = 'answer lost' | 'not done' | 'another sent'

/** An account that sent `hello` before. */
function account(...endings: Ending[]) {
  const list = [{sid: 'XX0', body: 'hello', numSegments: '1'}]
  const resource = {
    list: async () => [...list],
    async create({body}: {body: string}) {
      const ending = endings.shift()
      if (ending === 'not done') throw new UnknownOutcome('500')
      const text = ending === 'another sent' ? 'something else' : body
      const created = {sid: `XX${list.length}`, body: text, numSegments: '1'}
      list.unshift(created)
      if (ending === 'answer lost' || ending === 'another sent') throw new UnknownOutcome('lost')
      return created
    },
  }
  const api = {v2010: {account: {messages: resource}}}
  return {list, twilio: {transport: stopClock(), api: async () => api} as unknown as TwilioAccount}
}

describe('a message', () => {
  const send = (twilio: TwilioAccount) => ensureSent(twilio, {...ends, body: 'hello'})

  it.each([
    ['all goes well', []],
    ['its answer is lost', ['answer lost']],
  ] as readonly (readonly [string, Ending[]])[])(
    'is sent once when %s, though one like it was sent before',
    async (_, endings) => {
      const {list, twilio} = account(...endings)
      expect(await send(twilio)).toMatchObject({sid: 'XX1'})
      expect(list).toHaveLength(2)
    },
  )

  it('is for a person to send again when it is not known whether it was sent', async () => {
    const {twilio} = account(...Array<Ending>(9).fill('not done'))
    await expect(send(twilio)).rejects.toMatchObject({
      outcome: 'temporary',
      suggestions: [expect.stringMatching(/^Look at https:\/\/console\.twilio\.com .* before sending it again/)],
    })
  })
})

it('another text that was sent meanwhile is not taken for the message', async () => {
  const {list, twilio} = account('another sent')
  await expect(ensureSent(twilio, {...ends, body: 'hello'})).rejects.toMatchObject({code: 'OUTCOME_UNKNOWN'})
  expect(list.map(({body}) => body)).toEqual(['something else', 'hello'])
})
