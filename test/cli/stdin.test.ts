import {expect, it} from '@jest/globals'

import {readAll} from '../../src/cli/stdin.js'

it('what is read may come in any pieces', async () => {
  const [first, second] = [Buffer.from('é\n').subarray(0, 1), Buffer.from(' é\n').subarray(2)]
  async function* pieces() {
    yield* ['  a', first, second]
  }
  expect(await readAll(pieces())).toBe('aé')
})

it('what has no end is not read for ever: exit 2', async () => {
  let pieces = 0
  async function* endless() {
    for (;;) {
      pieces += 1
      yield Buffer.alloc(1_048_576, 'x')
    }
  }
  await expect(readAll(endless())).rejects.toMatchObject({code: 'INPUT_TOO_LONG', exitCode: 2})
  expect(pieces).toBeLessThan(20)
})
