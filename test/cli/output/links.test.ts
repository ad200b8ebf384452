import {describe, expect, it} from '@jest/globals'

import {hasLinks, linked} from '../../../src/cli/output/links.js'

const sid = `AC${'0'.repeat(32)}`
const link = (to: string, text: string) => `\u001B]8;;${to}\u0007${text}\u001B]8;;\u0007`

describe('hyperlinks', () => {
  it.each([
    ['See https://status.twilio.com.', `See ${link('https://status.twilio.com', 'https://status.twilio.com')}.`],
    [`Closed: ${sid}`, `Closed: ${link(`https://console.twilio.com/?accountSid=${sid}`, sid)}`],
    ['Buy +18015550100 in it', `Buy ${link('tel:+18015550100', '+18015550100')} in it`],
    ['AC0000…0000 and 1+2345678901', 'AC0000…0000 and 1+2345678901'],
  ])('stand for addresses, SIDs and numbers: %s', (text, shown) => {
    expect(linked(text)).toBe(shown)
  })

  it.each([
    [{TERM_PROGRAM: 'iTerm.app'}, true],
    [{VTE_VERSION: '7600'}, true],
    [{TERM: 'xterm-kitty'}, true],
    [{FORCE_HYPERLINK: '1'}, true],
    [{TERM_PROGRAM: 'iTerm.app', NO_COLOR: '1'}, false],
    [{TERM_PROGRAM: 'iTerm.app', FORCE_HYPERLINK: '0'}, false],
    [{TERM: 'xterm-256color'}, false],
  ])('are there on terminals that can: %j %s', (env, expected) => {
    expect([hasLinks({isTTY: true}, env), hasLinks({isTTY: false}, env)]).toEqual([expected, false])
  })
})
