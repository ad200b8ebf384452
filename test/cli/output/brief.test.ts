import {expect, it} from '@jest/globals'

import {destroyedInBrief} from '../../../src/cli/output/brief.js'

type Preview = Extract<Parameters<typeof destroyedInBrief>[0], {dryRun: unknown}>

it.each<[string, Partial<Preview>]>([
  ['would lose twilio:small: AC1 closed, +18015550100 released', {accountSid: 'AC1', phoneNumber: '+18015550100'}],
  ['would lose twilio:small, which has no subaccount yet', {accountSid: null, phoneNumber: null}],
])('a preview of destroying says what there is to lose: %s', (words, has) => {
  expect(destroyedInBrief({dryRun: true, exists: true, plan: 'small', keepNumber: false, ...has} as Preview)).toBe(
    words,
  )
})
