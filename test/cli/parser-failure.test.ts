import {describe, expect, it} from '@jest/globals'
import {Args, Flags, type Interfaces, Parser} from '@oclif/core'

import {toFailure} from '../../src/cli/failures.js'
import type {Failure} from '../../src/lib/errors.js'

const flags = {
  app: Flags.string({char: 'a', helpValue: 'APP-SPACE', description: 'the app-space', required: true}),
  all: Flags.boolean({exclusive: ['daily']}),
  daily: Flags.boolean({exclusive: ['all']}),
  type: Flags.option({options: ['local', 'mobile'] as const})(),
  limit: Flags.integer({min: 1, max: 5}),
  say: Flags.string({exactlyOne: ['say', 'url']}),
  url: Flags.string({exactlyOne: ['say', 'url']}),
  voice: Flags.string({dependsOn: ['limit', 'daily']}),
  quantity: Flags.integer(),
  secret: Flags.string({hidden: true}),
} as unknown as Interfaces.FlagInput
const args = {
  plan: Args.string({ignoreStdin: true, required: true, description: 'the plan'}),
  action: Args.string({ignoreStdin: true, options: ['list', 'set', 'SET']}),
} as unknown as Interfaces.ArgInput

async function failureOf(line: string): Promise<Failure> {
  try {
    await Parser.parse(line.split(' ').filter(Boolean), {flags, args})
  } catch (error) {
    return toFailure(error)
  }
  throw new Error(`nothing is wrong with ${line}`)
}

describe("oclif's parser speaks in our words", () => {
  it.each([
    ['', 'Missing PLAN (the plan).'],
    ['small', 'Missing --say or --url. Missing --app APP-SPACE (the app-space).'],
    ['small set more even -a x', 'Too many arguments: "more" and "even" are not expected.'],
    [
      'small set api-dev 4 --say y',
      'Too many arguments: "api-dev" and "4" are not expected.',
      '-a api-dev --quantity 4',
    ],
    ['small set api-dev -a x --say y', 'Too many arguments: "api-dev" is not expected.'],
    ['small list -a x --say y --all=yes', '--all takes no value.'],
    ['small lst', '"lst" is not one of list or set.', 'list'],
    ['small --al', 'There is no flag --al.', '--all'],
    ['small --daly=5 --lmit=3', 'There is no flag --daly or --lmit.', '--daily --limit'],
    ['small --secrt=x', 'There is no flag --secrt.'],
    ['small -z', 'There is no flag -z.'],
    ['small --type moble', '--type must be local or mobile, not "moble".', 'mobile'],
    ['small --type', '--type needs a value: local or mobile.'],
    ['small --app', '--app needs a value.'],
    ['small -a x -a y', '--app can be given only once.'],
    ['small --limit x', '--limit must be a whole number, not "x".'],
    ['small --limit 0', '--limit must be at least 1, not 0.'],
    ['small --limit 9', '--limit must be at most 5, not 9.'],
    ['small -a x --say y --all --daily', '--all and --daily cannot be used together.'],
    ['small -a x --say y --url z', '--say and --url cannot be used together.'],
    ['small -a x --say y --voice z', '--voice requires --limit and --daily.'],
  ])('%s', async (line, message, ...meant: string[]) => {
    const failure = await failureOf(line)
    expect(failure.message).toBe(message)
    expect(failure).toMatchObject({code: 'ARGUMENTS_INVALID', exitCode: 2})
    expect(failure.suggestions).toEqual([
      ...meant.map((each) => `Did you mean: ${each}`),
      'See what it takes: add --help.',
    ])
  })
})
