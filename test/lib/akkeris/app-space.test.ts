import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {checkAppSpace} from '../../../src/lib/akkeris/app-space.js'

describe('an app-space', () => {
  const part = fc.stringMatching(/^[a-z0-9]{1,10}$/)

  it('is a name, a dash and a space, which may have dashes of its own', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/),
        fc.array(part, {minLength: 1, maxLength: 4}),
        (app, space) => {
          const name = [app, ...space].join('-')
          expect(checkAppSpace(name)).toBe(name)
        },
      ),
    )
  })

  it('goes into a URL as it is: nothing is accepted that would have to be escaped there', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.tuple(part, fc.string(), part).map((all) => all.join('-')),
        ),
        (text) => {
          let name: string
          try {
            name = checkAppSpace(text)
          } catch (error) {
            expect(error).toMatchObject({outcome: 'usage'})
            return
          }
          expect(encodeURIComponent(name)).toBe(name)
          expect(name).toMatch(/^[a-z0-9-]+$/)
        },
      ),
      {numRuns: 300},
    )
  })

  it.each([
    '',
    'api',
    '-api',
    'api-',
    'api--dev',
    'api-dev\n',
    'api_dev-x',
    '../api-dev',
    'api-dev?',
    `a-${'b'.repeat(200)}`,
  ])('is not %j', (text) => {
    expect(() => checkAppSpace(text)).toThrow(/not the name of an app-space/)
  })

  it('is offered in the form it probably was meant', () => {
    expect(() => checkAppSpace('Api_Dev')).toThrow(expect.objectContaining({suggestions: ['Did you mean api-dev?']}))
  })
})
