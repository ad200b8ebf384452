import {expect, it} from '@jest/globals'

import {renderMessage, renderMessages} from '../../../src/cli/output/twilio/m2m/index.js'
import {onScreen} from '../../../src/cli/output/watch.js'
import type {ListedSimMessage} from '../../../src/lib/sims/document.js'

it('what is drawn again fits the screen, and the rest is counted', () => {
  expect(onScreen('1\n2\n3', 4)).toBe('1\n2\n3')
  expect(onScreen('1\n2\n3\n4\n5', 4)).toBe('1\n2\n… 3 more lines')
  expect(onScreen('1\n2', 0)).toBe('1\n2')
})

it('a message that comes later stands in the columns of those before', () => {
  const message = (simName: string, payload: string) =>
    ({
      createdAt: '2026-03-10T12:00:00Z',
      simName,
      direction: 'from_sim',
      status: 'received',
      payload,
      binary: false,
    }) as unknown as ListedSimMessage
  const first = message('van-with-a-long-name', 'one')
  const [, line = ''] = renderMessages([first]).split('\n')
  expect(renderMessage(message('van', 'two'), [first]).indexOf('two')).toBe(line.indexOf('one'))
})
