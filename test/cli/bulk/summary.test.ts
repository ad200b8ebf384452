import {describe, expect, it} from '@jest/globals'

import {takesOf} from '../../../src/cli/bulk/argv.js'
import {summaryOf} from '../../../src/cli/bulk/summary.js'

const takes = takesOf({flags: {}, args: {}})
const run = {command: 'addons:create', raw: [], takes, failedTo: undefined, isDryRun: false, repeats: false}
const ended = {done: 3, failed: 1, notBegun: 2}
const again = 'To do what is left, run the same command again: what is done is skipped.'

describe('the summary of a list', () => {
  it('counts how its lines ended, says what they cost, and how to do what is left', () => {
    expect(summaryOf(run, ended, '$150 a month in all.').split('\n')).toEqual([
      '6 app-spaces: 3 done, 1 failed, 2 not started.',
      '$150 a month in all.',
      again,
    ])
  })

  it('says nothing of what did not happen', () => {
    expect(summaryOf(run, {done: 1, failed: 0, notBegun: 0})).toBe('1 app-space: 1 done.')
    expect(summaryOf(run, {done: 0, failed: 0, notBegun: 0})).toBe('0 app-spaces.')
  })

  it('of a dry run leaves nothing to do', () => {
    expect(summaryOf({...run, isDryRun: true}, ended)).toBe('6 app-spaces: 3 checked, 1 failed, 2 not started.')
  })

  it('names the list of what is left, if it was written', () => {
    const raw = [
      {type: 'arg', arg: 'addon', input: 'twilio:small'},
      {type: 'flag', flag: 'apps-from', input: 'apps.csv'},
      {type: 'flag', flag: 'failed-to', input: 'left over.csv'},
    ] as const
    expect(summaryOf({...run, raw, failedTo: 'left over.csv'}, ended)).toContain(
      `To do what is left: aka addons:create twilio:small --apps-from 'left over.csv'`,
    )
  })

  it('warns where the same command would do again what is done', () => {
    expect(summaryOf({...run, repeats: true}, ended)).toContain('add --failed-to FILE')
  })
})
