import {execFile, spawnSync} from 'node:child_process'
import {promisify} from 'node:util'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {candidates} from '../../../src/cli/completion/candidates.js'
import {startCli, startWorld, type World} from '../../support/cli.js'

const commands = [
  {
    id: 'addons:create',
    aliases: ['twilio:create'],
    hidden: false,
    args: {plan: {}},
    flags: {
      app: {char: 'a', type: 'option'},
      wait: {char: 'w', type: 'boolean', allowNo: true},
      type: {type: 'option', options: ['local', 'mobile']},
      name: {type: 'option', hidden: true},
    },
  },
  {id: 'twilio:sims:release', aliases: [], hidden: false, args: {sim: {}}, flags: {app: {char: 'a', type: 'option'}}},
  {
    id: 'addons:upgrade',
    aliases: [],
    hidden: false,
    args: {addon: {}, plan: {}},
    flags: {app: {char: 'a', type: 'option'}},
  },
  {
    id: 'twilio:sims:activate',
    aliases: [],
    hidden: false,
    strict: false,
    args: {sim: {}},
    flags: {app: {char: 'a', type: 'option'}},
  },
  {
    id: 'twilio:settings',
    aliases: [],
    hidden: false,
    args: {action: {options: ['get', 'set']}, name: {}, value: {}},
    flags: {},
  },
  {id: 'twilio:secret', aliases: [], hidden: true, args: {}, flags: {}},
]
const values = {appSpaces: async () => ['api-dev', 'web-dev'], sims: async (app: string) => [`${app}-sim`]}

describe('completion', () => {
  it.each([
    [
      'aka ',
      [
        'addons:create',
        'addons:upgrade',
        'help',
        'twilio:create',
        'twilio:settings',
        'twilio:sims:activate',
        'twilio:sims:release',
      ],
    ],
    ['aka help ex', ['exit-codes']],
    ['aka help twilio:c', ['twilio:create']],
    ['aka addons:cr', ['addons:create']],
    ['aka addons:create ', ['twilio:large', 'twilio:medium', 'twilio:small']],
    ['aka addons:create twilio:small ', []],
    ['aka addons:create --type local ', ['twilio:large', 'twilio:medium', 'twilio:small']],
    ['aka addons:upgrade ', ['twilio', 'twilio:large', 'twilio:medium', 'twilio:small']],
    ['aka addons:upgrade twilio ', ['twilio:large', 'twilio:medium', 'twilio:small']],
    ['aka addons:upgrade twilio:large ', []],
    ['aka twilio:settings ', ['get', 'set']],
    ['aka twilio:settings set sub', ['subaccount-limit']],
    ['aka twilio:settings set country ', []],
    ['aka twilio:sims:activate -a api-dev one ', ['api-dev-sim']],
    ['aka addons:create twilio:small --', ['--app', '--help', '--no-wait', '--type', '--wait']],
    ['aka addons:create twilio:small --type m', ['mobile']],
    ['aka twilio:create twilio:small -a ', ['api-dev', 'web-dev']],
    ['aka twilio:create twilio:small --app w', ['web-dev']],
    ['aka twilio:create twilio:small --app=w', ['--app=web-dev']],
    ['aka addons:create twilio:small --type=', ['--type=local', '--type=mobile']],
    ['aka addons:create twilio:small --wait=', []],
    ['aka twilio:sims:release -a api-dev ', ['api-dev-sim']],
    ['aka twilio:sims:release ', []],
    ['aka nothing ', []],
  ])('of %j', async (line, expected) => {
    expect(await candidates(line, commands, values)).toEqual(expected)
  })
})

describe('completion in bash', () => {
  let world: World
  let completion: string
  beforeAll(async () => {
    world = await startWorld()
    await world.aka('addons:create twilio:small -a api-dev')
    completion = (await world.aka('twilio:completion bash')).stdout
  })
  afterAll(() => world.close())

  /** What bash offers for a command line, as `complete` has it called. */
  async function offered(line: string, env: Readonly<Record<string, string>> = {}): Promise<string[]> {
    const script = [
      `eval "$1"`,
      'COMP_LINE="$2" COMP_POINT=${#2}',
      '_aka_twilio',
      `printf '%s\\n' "\${COMPREPLY[@]}"`,
    ].join('\n')
    const {stdout: shown} = await promisify(execFile)('bash', ['-c', script, 'bash', completion, line], {
      env: {...world.env, ...env},
    })
    return shown.split('\n').filter(Boolean)
  }

  it('offers what stands behind the last colon of a word, and nothing where there is nothing', async () => {
    expect(await offered('aka-twilio addons:create twilio:s')).toEqual(['small'])
    expect(await offered('aka-twilio addons:cr')).toEqual(['create'])
    expect(await offered('aka-twilio nothing ')).toEqual([])
    expect(await offered('aka-twilio twilio:usage -a ')).toEqual(['api-dev'])
    expect(await offered('aka-twilio twilio:usage --app=a')).toEqual(['api-dev'])
  })

  it('is silent where it cannot know', async () => {
    expect(await offered('aka-twilio twilio:usage -a ', {TWILIO_AUTH_TOKEN: ''})).toEqual([])
  })
})

const shells = ['fish', 'zsh'] as const
describe.each(shells)('completion in %s', (shell) => {
  const has = spawnSync(shell, ['--version']).status === 0
  const itThere = has ? it : it.skip
  const why = has ? '' : ` (SKIPPED: ${shell} is not installed)`
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    if (has) await world.aka('addons:create twilio:small -a api-dev')
  })
  afterAll(() => world.close())

  /** What the shell itself finds for a line, as a Tab would have it looked for, in a shell where nothing was set up before. */
  const ways = {
    fish: (line: string) => ['-N', '-c', `echo $SCRIPT | source; complete -C '${line}'`],
    zsh: (line: string) => [
      ...['-f', '-c'],
      `eval "$SCRIPT"; [[ $_comps[aka-twilio] == *_aka_twilio* ]] || exit 9
       COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE}; _aka_twilio; print -rl -- $COMPREPLY`,
    ],
  }

  itThere(`offers commands, plans, app-spaces and values${why}`, async () => {
    const {stdout: script} = await startCli(`twilio:completion ${shell}`, {env: world.env}).finished
    const offered = async (line: string) => {
      const {stdout, stderr} = await promisify(execFile)(shell, ways[shell](line), {
        env: {...world.env, SCRIPT: script},
      })
      expect(stderr).toBe('')
      return stdout.split('\n').filter(Boolean)
    }
    expect(await offered('aka-twilio twilio:usa')).toEqual(['twilio:usage'])
    expect(await offered('aka-twilio addons:create twilio:s')).toEqual(['twilio:small'])
    expect(await offered('aka-twilio twilio:usage -a ')).toEqual(['api-dev'])
    expect(await offered('aka-twilio twilio:usage --app=a')).toEqual(['--app=api-dev'])
  })
})
