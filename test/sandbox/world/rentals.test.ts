import {describe, expect, it} from '@jest/globals'

import type {IncomingNumber} from '../../../src/sandbox/state/types/numbers.js'
import {chargesOf, newRental, releaseNumbers, transferRental} from '../../../src/sandbox/world/rentals.js'
import {exampleState} from '../state-support.js'

const at = (time: string): number => Date.parse(time)

function number(accountSid: string, boughtAt: string, phoneNumber = '+18015550100'): IncomingNumber {
  return {
    sid: `PN of ${phoneNumber}`,
    accountSid,
    phoneNumber,
    createdAt: at(boughtAt),
    updatedAt: at(boughtAt),
  } as IncomingNumber
}

/** The days on which each account was charged until then, and how much. */
function charges({state}: ReturnType<typeof exampleState>, now: string) {
  return state.rentals.flatMap((rental) =>
    chargesOf(rental, at(now)).map(({accountSid, day, price}) => [accountSid, day, price]),
  )
}

describe('a number', () => {
  it('is charged for when it is bought, then monthly on that day or the last one before it', () => {
    const example = exampleState()
    const {state, main} = example
    state.rentals.push(newRental(number(main.sid, '2026-01-31T12:00:00Z')))
    expect(charges(example, '2026-01-31T12:00:00Z')).toEqual([[main.sid, '2026-01-31', 1.15]])
    expect(charges(example, '2026-02-28T11:59:59Z').length).toBe(1)
    expect(charges(example, '2026-04-01T00:00:00Z').map(([, day]) => day)).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
    ])
  })

  it('that is released is charged for no longer, and never offered again', () => {
    const example = exampleState()
    const {state, main, sub} = example
    const [kept, released] = [
      number(main.sid, '2026-01-10T00:00:00Z', '+18885550100'),
      number(sub.sid, '2026-01-10T00:00:00Z'),
    ]
    state.incomingNumbers.push(kept, released)
    state.rentals.push(newRental(kept), newRental(released))
    releaseNumbers(state, at('2026-02-15T00:00:00Z'), ({accountSid}) => accountSid === sub.sid)
    expect([state.incomingNumbers, state.releasedNumbers]).toEqual([[kept], ['+18015550100']])
    const days = charges(example, '2026-03-20T00:00:00Z').map(
      ([account, day]) => `${account === sub.sid ? 'sub' : 'main'} ${String(day)}`,
    )
    expect(days).toEqual(['main 2026-01-10', 'main 2026-02-10', 'main 2026-03-10', 'sub 2026-01-10', 'sub 2026-02-10'])
  })

  it('that is transferred is paid for by the other account from the next month on', () => {
    const example = exampleState()
    const {state, main, sub} = example
    const moved = number(main.sid, '2026-01-10T00:00:00Z')
    state.rentals.push(newRental(moved))
    transferRental(state, {...moved, accountSid: sub.sid}, at('2026-02-15T00:00:00Z'))
    expect(charges(example, '2026-03-20T00:00:00Z')).toEqual([
      [main.sid, '2026-01-10', 1.15],
      [main.sid, '2026-02-10', 1.15],
      [sub.sid, '2026-03-10', 1.15],
    ])
    // Back on the day on which a month was charged: no month is charged twice.
    transferRental(state, moved, at('2026-03-10T00:00:00Z'))
    expect(charges(example, '2026-04-20T00:00:00Z').map(([, day]) => day)).toEqual([
      '2026-01-10',
      '2026-02-10',
      '2026-03-10',
      '2026-04-10',
    ])
  })
})
