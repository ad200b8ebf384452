import {describe, expect, it} from '@jest/globals'
import {Flags} from '@oclif/core'

import {argvAgain, argvOfRow, optionsOfLines, type ParsingToken, takesOf} from '../../../src/cli/bulk/argv.js'
import {helpGroupOfMany} from '../../../src/cli/flags/bulk.js'

const flags = {
  app: Flags.string(),
  'apps-from': Flags.string({helpGroup: helpGroupOfMany}),
  'failed-to': Flags.string({helpGroup: helpGroupOfMany}),
  'area-code': Flags.string(),
  'keep-number': Flags.boolean({allowNo: true}),
  force: Flags.boolean(),
  yes: Flags.boolean(),
}
const takes = takesOf({flags, baseFlags: {json: Flags.boolean(), profile: Flags.string()}, args: {service: {}}})
const flag = (name: string, input: string): ParsingToken => ({type: 'flag', flag: name, input})
const service: ParsingToken = {type: 'arg', arg: 'service', input: 'twilio:small'}
const row = (options: Record<string, string> = {}) => ({line: 1, source: '', appSpace: 'api-default', options})

describe('a line of a list', () => {
  it('may say arguments and flags, but not what is said once for all', () => {
    expect([...optionsOfLines(takes)]).toEqual(['service', 'area-code', 'keep-number', 'force'])
  })

  it('has what was given for all, without what is about the list', () => {
    const raw = [service, flag('apps-from', 'apps.csv'), flag('area-code', '801'), flag('yes', '--yes')]
    expect(argvOfRow(row(), raw, takes)).toEqual(['twilio:small', '--app=api-default', '--area-code=801', '--yes'])
  })

  it('leaves to the run as a whole what every command takes', () => {
    expect(argvOfRow(row(), [flag('json', '--json'), flag('profile', 'staging')], takes)).toEqual(['--app=api-default'])
  })

  it('counts more than what was given for all', () => {
    const own = row({service: 'twilio:large', 'area-code': '212'})
    expect(argvOfRow(own, [service, flag('area-code', '801')], takes)).toEqual([
      'twilio:large',
      '--app=api-default',
      '--area-code=801',
      '--area-code=212',
    ])
  })

  it.each([
    ['keep-number', 'yes', ['--keep-number']],
    ['keep-number', 'TRUE', ['--keep-number']],
    ['keep-number', 'off', ['--no-keep-number']],
    ['force', '0', []],
  ])('switches a flag on and off: %s %s', (name, value, argv) => {
    expect(argvOfRow(row({[name]: value}), [], takes)).toEqual(['--app=api-default', ...argv])
  })

  it('is refused where a switch is neither on nor off', () => {
    expect(() => argvOfRow(row({force: 'maybe'}), [], takes)).toThrow('force is true or false, not maybe')
  })
})

describe('the same command with another list', () => {
  it('keeps each flag that decides what is done, and quotes for the shell', () => {
    const raw = [service, flag('apps-from', 'apps.csv'), flag('keep-number', '--keep-number'), flag('json', '--json')]
    expect(argvAgain(raw, 'left over', takes)).toEqual([
      'twilio:small',
      `--apps-from 'left over'`,
      '--keep-number',
      '--json',
    ])
  })

  it('keeps a value that looks like a flag', () => {
    expect(argvAgain([flag('area-code', '-8 1')], 'x', takes)).toEqual(['--apps-from x', `--area-code='-8 1'`])
  })

  it('drops what was only about the first list, or is said with each command', () => {
    const raw = [flag('all', '--all'), flag('failed-to', 'x'), flag('confirm-count', '3')]
    const said = [flag('sandbox', '--sandbox'), flag('profile', 'staging')]
    expect(argvAgain([...raw, ...said], 'x', takes)).toEqual(['--apps-from x'])
  })
})
