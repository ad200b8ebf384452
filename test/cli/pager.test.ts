import {describe, expect, it} from '@jest/globals'

import {pagerFor} from '../../src/cli/pager.js'

const long = 'line\n'.repeat(40)
const screen = {isTTY: true, rows: 24}

describe('a list goes through the pager', () => {
  it('where it is longer than the terminal: that of the variable of ours, else PAGER, else less', () => {
    expect(pagerFor(long, screen, {AKA_TWILIO_PAGER: 'most', PAGER: 'more'})).toBe('most')
    expect(pagerFor(long, screen, {PAGER: 'more'})).toBe('more')
    expect(pagerFor(long, screen, {})).toBe('less')
  })

  it.each<[string, string, object, NodeJS.ProcessEnv]>([
    ['a short one', 'line', screen, {}],
    ['in a pipe', long, {}, {}],
    ['in CI', long, screen, {CI: 'true'}],
    ['on a dumb terminal', long, screen, {TERM: 'dumb'}],
    ['where the variable is empty', long, screen, {PAGER: 'more', AKA_TWILIO_PAGER: ''}],
    ['where it is cat', long, screen, {PAGER: 'cat'}],
  ])('but not %s', (_, text, on, env) => expect(pagerFor(text, on, env)).toBeUndefined())
})
