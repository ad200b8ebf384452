import {describe, expect, it} from '@jest/globals'

import {findKoreCredentials} from '../../../src/lib/kore/credentials.js'

const saved = {clientId: 'saved', clientSecret: 'saved-secret'}
const env = {KORE_CLIENT_ID: ' id\n', KORE_CLIENT_SECRET: 'secret'}

describe('credentials for KORE', () => {
  it('are those of the environment, else those that were saved, else none', () => {
    expect(findKoreCredentials(env, saved)).toMatchObject({clientId: 'id', clientSecret: 'secret'})
    expect(findKoreCredentials({}, saved)).toMatchObject(saved)
    expect(findKoreCredentials({KORE_CLIENT_ID: '', KORE_CLIENT_SECRET: ' '}, saved)).toMatchObject(saved)
    expect(findKoreCredentials({}, undefined)).toBeUndefined()
  })

  it.each([
    ['KORE_CLIENT_ID', 'KORE_CLIENT_SECRET'],
    ['KORE_CLIENT_SECRET', 'KORE_CLIENT_ID'],
  ])('are incomplete with %s alone, even where others are saved', (there, missing) => {
    expect(() => findKoreCredentials({[there]: 'x'}, saved)).toThrow(
      expect.objectContaining({exitCode: 5, message: `${there} is set, but not ${missing}.`}),
    )
  })

  it('cannot have what no keyboard has, and none of them is shown', () => {
    for (const odd of [
      {...env, KORE_CLIENT_SECRET: 'sec\u200Bret'},
      {...env, KORE_CLIENT_ID: 'i d'},
    ])
      expect(() => findKoreCredentials(odd, undefined)).toThrow(
        expect.objectContaining({
          exitCode: 5,
          message: expect.not.stringContaining(odd.KORE_CLIENT_SECRET) as unknown,
        }),
      )
  })
})
