import {expect, it} from '@jest/globals'

import {inBatches} from '../../src/lib/batch.js'
import {interrupted, temporary} from '../../src/lib/errors.js'

it('hides no add-on behind one that failed, in whatever way', async () => {
  const outcomes = await inBatches(
    ['fine', 'busy', 'odd'],
    async (name) => {
      if (name === 'busy') throw temporary('TWILIO_RESPONSE_INVALID', 'odd')
      if (name === 'odd') throw new TypeError('records is not iterable')
      return name
    },
    () => undefined,
  )
  expect(outcomes).toMatchObject([
    {result: 'fine'},
    {failure: {code: 'TWILIO_RESPONSE_INVALID'}},
    {failure: {code: 'INTERNAL_ERROR', message: expect.stringMatching(/not iterable/)}},
  ])
})

it('ends all at Ctrl-C', async () => {
  const stop = async () => Promise.reject(interrupted())
  await expect(inBatches([1, 2], stop, () => undefined)).rejects.toMatchObject({code: 'INTERRUPTED'})
})
