import {describe, expect, it} from '@jest/globals'

import {labelsAsFlags} from '../../../src/cli/flags/labels.js'

const flags = {
  app: {type: 'option', char: 'a'},
  label: {type: 'option', char: 'l'},
  profile: {type: 'option'},
  json: {type: 'boolean', char: 'j'},
} as const

describe('labels that are typed as arguments', () => {
  it('are values of --label, whatever is in them', () => {
    expect(labelsAsFlags(['team=web', 'query=a=b', 'city=Zürich', 'owner='], flags)).toEqual([
      '--label=team=web',
      '--label=query=a=b',
      '--label=city=Zürich',
      '--label=owner=',
    ])
  })

  it.each([['--app'], ['-a'], ['--label'], ['-l'], ['--profile']])(
    'are not what follows %s: it takes a value',
    (flag) => {
      expect(labelsAsFlags([flag, 'a=b', 'team=web'], flags)).toEqual([flag, 'a=b', '--label=team=web'])
    },
  )

  it.each([['--json'], ['-j'], ['--app=web-dev']])('may follow %s: it takes no other word', (flag) => {
    expect(labelsAsFlags([flag, 'team=web'], flags)).toEqual([flag, '--label=team=web'])
  })

  it('are no flags with a value, and no words without one', () => {
    const argv = ['web-dev', '--app=web-dev', '-l=team=web']
    expect(labelsAsFlags(argv, flags)).toEqual(argv)
  })
})
