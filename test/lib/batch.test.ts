import {expect, it} from '@jest/globals'

import {inBatches, readFailures} from '../../src/lib/batch.js'
import {conflict, interrupted, temporary} from '../../src/lib/errors.js'

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

it('says of add-ons that could not be read why, the worst first, and once how to fix it', () => {
  const busy = temporary('APP_SPACE_BUSY', 'It is busy.', 'Wait a minute.')
  const failures = [
    busy,
    undefined,
    conflict('PLAN_MISMATCH', 'It has another plan.', 'Change it.'),
    busy,
    busy,
    busy,
    busy,
  ]
  const [failure, ...others] = readFailures(
    failures.map((failure, at) => ({record: {appSpace: `web${at}-dev`}, failure})),
  )
  expect(others).toEqual([])
  expect(failure).toMatchObject({
    code: 'ADDONS_NOT_READ',
    exitCode: busy.exitCode,
    message: '6 of 7 add-ons could not be read.',
    suggestions: [
      ...[0, 3, 4, 5, 6].map((at) => `web${at}-dev: It is busy.`),
      'and 1 more; --json has them all',
      'Wait a minute.',
      'Run the same command again.',
      'Change it.',
    ],
  })
  expect(readFailures([{record: {appSpace: 'web-dev'}}])).toEqual([])
})
