import {describe, expect, it} from '@jest/globals'

import {conditionsOf} from '../../../src/lib/addon/condition.js'

const fine: Parameters<typeof conditionsOf>[0] = {
  appSpace: 'api-default',
  plan: 'small',
  state: 'ready',
  accountSid: `AC${'1'.repeat(32)}`,
  accountStatus: 'active',
  configVars: 'set',
  configVarsRegistry: null,
}
const words = (changes: Partial<typeof fine>) => conditionsOf({...fine, ...changes}).map(({word}) => word)

describe('what was done to an add-on outside of this tool', () => {
  it('is nothing where it is as the registry says, where nobody looked, and while it is unfinished', () => {
    expect(words({})).toEqual([])
    expect(words({accountStatus: null, configVars: null})).toEqual([])
    expect(words({state: 'provisioning', accountStatus: 'closed', configVars: 'missing'})).toEqual([])
  })

  it.each([
    ['closed', {accountStatus: 'closed', configVars: 'missing'}],
    ['app gone', {accountStatus: 'suspended', configVars: 'no such app'}],
  ] as const)('is only "%s" where that makes the rest irrelevant', (word, changes) => {
    expect(words(changes)).toEqual([word])
  })

  it.each([
    ['incomplete', 'vars missing'],
    ['missing', 'vars missing'],
    ['wrong token', 'vars outdated'],
    ['wrong number', 'vars outdated'],
    ['foreign', 'vars foreign'],
  ] as const)('is seen by config vars that are %s, behind a suspended subaccount', (configVars, word) => {
    expect(words({configVars})).toEqual([word])
    expect(words({configVars, accountStatus: 'suspended'})).toEqual(['suspended', word])
  })

  it('has the commands that fix it: config vars of somebody else are overwritten by --force alone, those of another registry of ours not at all', () => {
    const fixes = (changes: Partial<typeof fine>) => conditionsOf({...fine, ...changes}).flatMap(({fix}) => fix)
    expect(fixes({accountStatus: 'closed'})).toEqual([
      'aka addons:destroy twilio -a api-default --confirm api-default',
      'aka addons:create twilio:small -a api-default',
    ])
    expect(fixes({accountStatus: 'suspended'})).toEqual(['aka twilio:resume -a api-default'])
    expect(fixes({configVars: 'missing'})).toEqual(['aka addons:create twilio:small -a api-default'])
    expect(fixes({configVars: 'foreign'})).toEqual(['aka addons:create twilio:small -a api-default --force'])
    const other = fixes({configVars: 'foreign', configVarsRegistry: 'other'})
    expect(other).toEqual(['aka twilio:settings set registry other'])
  })
})
