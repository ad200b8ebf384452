import {Flags} from '@oclif/core'

/** Of the flags that are about many app-spaces. */
export const helpGroupOfMany = 'MANY APP-SPACES'

export const usualConcurrency = 50

const concurrency = {
  description: 'work on at most this many app-spaces at once',
  helpValue: 'N',
  min: 1,
  max: 500,
}
const failFast = {description: 'start nothing more after the first failure'}

/** For a command that is about many app-spaces, whatever it is given. */
export const paceFlags = {
  concurrency: Flags.integer({...concurrency, default: usualConcurrency}),
  'fail-fast': Flags.boolean(failFast),
}

/** @param sources the flags that say which app-spaces they are */
function flagsForMany(...sources: readonly ['apps-from', ...string[]]) {
  const relationships = [{type: 'some' as const, flags: [...sources]}]
  return {
    'apps-from': Flags.string({
      description: 'a file, or - for standard input: one app-space per line, or CSV or NDJSON with flags as columns',
      helpValue: 'FILE|-',
      exclusive: ['app'],
      helpGroup: helpGroupOfMany,
    }),
    concurrency: Flags.integer({
      ...concurrency,
      description: `${concurrency.description} [default: ${usualConcurrency}]`,
      relationships,
      helpGroup: helpGroupOfMany,
    }),
    'fail-fast': Flags.boolean({...failFast, relationships, helpGroup: helpGroupOfMany}),
    'failed-to': Flags.string({
      description: 'write the lines to run again to this file',
      helpValue: 'FILE',
      relationships,
      helpGroup: helpGroupOfMany,
    }),
  }
}

export const bulkFlags = flagsForMany('apps-from')

/** For what can be done to every add-on as well. */
export const fleetFlags = {
  ...flagsForMany('apps-from', 'all'),
  all: Flags.boolean({
    description: 'every add-on of the main account',
    exclusive: ['app', 'apps-from'],
    helpGroup: helpGroupOfMany,
  }),
}
