import {describe, expect, it} from '@jest/globals'
import type {Config} from '@oclif/core'

import {checkCommandName} from '../../src/cli/command-name.js'
import type {Failure} from '../../src/lib/errors.js'

const ids = ['addons:create', 'addons:info', 'twilio', 'twilio:usage', 'twilio:sims', 'twilio:sims:order', 'twilio:m2m']
const flags = {app: {}, all: {}, wait: {}}
const commands = ids.map((id) => ({id, aliases: [], args: id === 'twilio:m2m' ? {sim: {}} : {}, flags, hidden: false}))
const config = {
  commands,
  topics: [{name: 'addons'}, {name: 'twilio'}],
  findCommand: (name: string) => commands.find(({id}) => id === name),
  findTopic: (name: string) => ['addons', 'twilio', 'twilio:sims'].includes(name) || undefined,
} as unknown as Config

function checked(line: string): Failure | undefined {
  try {
    checkCommandName(line.split(' ').filter(Boolean), config)
    return undefined
  } catch (error) {
    return error as Failure
  }
}

describe('the name of a command', () => {
  it.each([
    ['a slip', 'addons:creat twilio:small -a x-dev', 'aka addons:create twilio:small -a x-dev'],
    ['a slip in the topic', 'twlio:usage', 'aka twilio:usage'],
    ['a space for the colon', 'addons create twilio:small', 'aka addons:create twilio:small'],
    ['a space and a slip', 'addons creat twilio:small', 'aka addons:create twilio:small'],
    ['a space behind a command', 'twilio usage -a x-dev', 'aka twilio:usage -a x-dev'],
    ['two spaces', 'twilio sims order -n 3', 'aka twilio:sims:order -n 3'],
    ['flags before it', '-a x-dev --al twilio:usage', 'aka twilio:usage -a x-dev --all'],
    ['a beginning', 'twilio:us', 'aka twilio:usage'],
    ['what is no flag', 'twilio:usag --al -- --al', 'aka twilio:usage --all -- --al'],
    ['slips in flags', 'twilio:ussage --al --no-wai --app=x-dev', 'aka twilio:usage --all --no-wait --app=x-dev'],
  ])('with %s is answered with the command line that was meant', (_, typed, meant) => {
    const failure = checked(typed)
    expect(failure).toMatchObject({code: 'COMMAND_UNKNOWN', exitCode: 2})
    expect(failure?.suggestions).toContain(`Did you mean: ${meant}`)
  })

  it('quotes what the shell would take apart', () => {
    expect(() => checkCommandName(['twilio:usag', 'a b', "it's"], config)).toThrow()
    try {
      checkCommandName(['twilio:usag', 'a b', "it's"], config)
    } catch (error) {
      expect((error as Failure).suggestions[0]).toBe(String.raw`Did you mean: aka twilio:usage 'a b' 'it'\''s'`)
    }
  })

  it.each(['addons foo', 'nothing', '-a x-dev', '--json'])(
    'that resembles none is refused without a guess: %s',
    (typed) => {
      expect(checked(typed)?.suggestions).toEqual(['All commands: aka help twilio'])
    },
  )

  it.each([
    '',
    '--help',
    '--version',
    'addons',
    'addons --help',
    'twilio',
    'twilio foo',
    'twilio:m2m usage',
    'twilio:usage -a x',
  ])('is left alone where it is one, or a topic: %s', (typed) => {
    expect(checked(typed)).toBeUndefined()
  })
})
