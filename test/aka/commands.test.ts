import {beforeAll, describe, expect, it} from '@jest/globals'

import {getAppToChange} from '../../src/sandbox/akkeris/apps.js'
import {snapshot, STACK} from '../commands/support.js'
import type {Finished, RunOptions} from '../support/cli.js'
import {forEachOf, type Machine, machines, seen} from './support.js'

type Argv = string | readonly string[]

interface Pair extends RunOptions {
  readonly title: string
  readonly exitCode: number
  readonly args: Argv
  /** How it is typed to aka, where that is different. */
  readonly inAka?: Argv
  /** Something that shows that it did what it should. */
  readonly shows?: RegExp
}

const noTwilio = {TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined}
const typed = (...argv: string[]): string[] => argv
const dryRun = (rest: string) => `twilio:create twilio:small -a x-dev --dry-run ${rest}`

const results: readonly Pair[] = [
  {title: 'a result for a person', exitCode: 0, args: 'twilio:whoami', shows: /Sandbox main account/},
  {title: 'a result for a script', exitCode: 0, args: 'twilio:whoami --json', shows: /"accountSid"/},
  {title: 'the command named like the plugin', exitCode: 0, args: 'twilio', shows: /ready-dev/},
  {title: 'an alias', exitCode: 0, args: 'twilio:plans', shows: /SIM limit/},
  {title: 'an alias with a flag', exitCode: 0, args: 'twilio:info -a ready-dev --json', shows: /"plan": "small"/},
  {title: 'a link on stdout, a remark on stderr', exitCode: 0, args: 'twilio:console -a ready-dev', shows: /^https:/},
  {title: 'progress on stderr', exitCode: 0, args: dryRun(''), shows: /Nothing was changed/},
  {title: 'the help of a command', exitCode: 0, args: 'twilio:create --help', shows: /--keep-on-failure/},
]

const failures: readonly Pair[] = [
  {title: 'Twilio has no such number', exitCode: 1, args: 'twilio:create twilio:small -a no-dev --area-code 533'},
  {
    title: 'an unknown command',
    exitCode: 2,
    args: 'twilio:usag -a ready-dev',
    shows: /Did you mean: aka twilio:usage -a ready-dev$/m,
  },
  {
    title: 'a space in the place of a colon',
    exitCode: 2,
    args: 'twilio usage -a ready-dev',
    shows: /Did you mean: aka twilio:usage -a ready-dev$/m,
  },
  {
    title: "a space in a command that is aka's, too",
    exitCode: 2,
    args: 'addons create twilio:small -a x-dev',
    shows: /Did you mean: aka addons:create twilio:small -a x-dev$/m,
  },
  {
    title: "a slip in a command that is aka's, too",
    exitCode: 2,
    args: 'addons:creat twilio:small -a x-dev',
    shows: /Did you mean: aka addons:create twilio:small -a x-dev$/m,
  },
  {title: 'an unknown command, for a script', exitCode: 2, args: 'twilio:usag --json', shows: /"COMMAND_UNKNOWN"/},
  {title: 'an unknown flag', exitCode: 2, args: 'twilio:whoami --frobnicate', shows: /--frobnicate/},
  {
    title: 'an unknown flag, for a script',
    exitCode: 2,
    args: 'twilio:whoami --frobnicate --json',
    shows: /"ARGUMENTS_INVALID"/,
  },
  {title: 'a required flag left out', exitCode: 2, args: 'twilio:destroy twilio', shows: /app/},
  {title: 'nobody there to confirm', exitCode: 2, args: 'twilio:destroy -a ready-dev', shows: /--confirm ready-dev/},
  {
    title: 'no such add-on, for a script',
    exitCode: 4,
    args: 'twilio:console -a none-dev --json',
    shows: /"exitCode": 4/,
  },
  {
    title: 'no credentials, for a script',
    exitCode: 5,
    args: 'twilio:whoami --json',
    env: noTwilio,
    shows: /"exitCode": 5/,
  },
  {
    title: 'config vars of somebody else',
    exitCode: 6,
    args: 'twilio:create twilio:small -a foreign-dev',
    shows: /TWILIO_SID/,
  },
]

const argvs: readonly Pair[] = [
  {title: 'digits stay text', exitCode: 2, args: 'twilio:create 15551234567 -a x-dev', shows: /"?15551234567/},
  {title: 'an exponent stays text', exitCode: 2, args: 'twilio:create 1e3 -a x-dev', shows: /1e3/},
  {title: 'leading zeros of a flag stay', exitCode: 2, args: dryRun('--area-code 0801'), shows: /0801/},
  {title: 'a phone number in a flag', exitCode: 0, args: dryRun('--phone-number +13125550177'), shows: /\+13125550177/},
  {title: 'what comes after -- is no flag', exitCode: 2, args: 'twilio:create -a x-dev -- --json', shows: /--json/},
  {
    title: 'the argument after --',
    exitCode: 0,
    args: 'twilio:create -a x-dev --dry-run -- twilio:small',
    shows: /x-dev would get/,
  },
  {
    title: 'a short flag with its value',
    exitCode: 0,
    args: 'twilio:create twilio:small -ax-dev --dry-run',
    shows: /x-dev would get/,
  },
  {title: 'a negated flag', exitCode: 0, args: dryRun('--no-wait --json'), shows: /"dryRun": true/},
  {title: 'an empty argument', exitCode: 2, args: typed('twilio:create', '', '-a', 'x-dev')},
  {title: 'spaces in an argument', exitCode: 2, args: typed('twilio:create', 'a  b', '-a', 'x-dev'), shows: /a {2}b/},
  {title: 'three arguments', exitCode: 2, args: 'twilio:settings set country 007', shows: /007/},
  {
    title: 'an argument that is the name of the command',
    exitCode: 2,
    args: 'twilio:settings get twilio:settings',
    shows: /"?twilio:settings/,
  },
  {
    title: 'a flag before the command',
    exitCode: 0,
    args: 'twilio:info -a ready-dev',
    inAka: '-a ready-dev twilio:info',
    shows: /twilio:small/,
  },
  {
    title: 'a long flag before the command',
    exitCode: 0,
    args: 'twilio:console --json --app=ready-dev',
    inAka: '--app=ready-dev twilio:console --json',
    shows: /"url"/,
  },
  {
    title: 'a flag before a command and its argument',
    exitCode: 0,
    args: 'twilio:create -a x-dev twilio:small --dry-run',
    inAka: '-a x-dev twilio:create twilio:small --dry-run',
    shows: /x-dev would get/,
  },
  {
    title: 'a flag without a value before the command',
    exitCode: 0,
    args: 'twilio:whoami --json',
    inAka: '--json twilio:whoami',
    shows: /"accountSid"/,
  },
  {
    title: 'a short flag with its value before the argument',
    exitCode: 0,
    args: 'addons:create -ax-dev twilio:small --dry-run',
    shows: /x-dev would get/,
  },
  {
    title: 'two short flags in one before the argument',
    exitCode: 0,
    args: 'addons:create -wa x-dev twilio:small --dry-run',
    shows: /x-dev would get/,
  },
  {
    title: 'a flag before a command of the core',
    exitCode: 0,
    args: 'addons:info -a ready-dev twilio',
    inAka: '-a ready-dev addons:info twilio',
    shows: /twilio:small/,
  },
]

describe('a command inside aka', () => {
  const newMachine = machines()
  let machine: Machine
  const ran = new Map<string, {readonly inside: Finished; readonly alone: Finished | undefined}>()

  beforeAll(async () => {
    machine = await newMachine()
    const {aka, standalone, world} = machine
    await world.sandbox.change(
      (state) => void (getAppToChange(state, 'foreign-dev').configVars.TWILIO_SID = 'ACforeign'),
    )
    await standalone('addons:create twilio:small -a ready-dev')
    const run = async (pair: Pair) => {
      const {title, args, inAka = args, shows: _, exitCode: __, ...options} = pair
      // What shows how arguments were understood needs no second opinion.
      const alone = argvs.includes(pair) && pair.shows && !pair.inAka ? undefined : await standalone(args, options)
      ran.set(title, {alone, inside: await aka(inAka, options)})
    }
    await forEachOf(results, run)
    // Only then: a create that is refused claims its app-space for a moment, which `twilio` would list.
    await forEachOf([...failures, ...argvs], run)
  })

  function both(title: string) {
    const runs = ran.get(title)
    if (!runs) throw new Error(`${title} did not run`)
    return runs
  }

  describe.each([
    ['has the same result as on its own', results],
    ['fails as on its own', failures],
    ['gets its arguments as they were typed', argvs],
  ])('%s', (_, pairs) => {
    it.each(pairs.map((pair) => [pair.title, pair] as const))('%s', (title, {exitCode, shows}) => {
      const {alone, inside} = both(title)
      expect(inside).toMatchObject({exitCode, signal: null})
      if (alone) expect(seen(inside)).toEqual(seen(alone))
      if (shows) expect(inside.stdout + inside.stderr).toMatch(shows)
      expect(inside.stderr).not.toMatch(STACK)
    })
  })

  it.each(failures.filter(({args}) => args.includes('--json')).map(({title}) => title))(
    'prints one document on stdout with --json when it fails: %s',
    (title) => {
      const {exitCode, stdout} = both(title).inside
      expect(JSON.parse(stdout)).toMatchObject({error: {exitCode}})
    },
  )

  it('goes through the life of an add-on as on its own', async () => {
    // Both see the same Twilio: SIDs and numbers follow from the seed.
    const [outside, within] = await Promise.all([newMachine(), newMachine()])
    const {accountSid, authToken} = outside.world
    const login = [`twilio:login --account-sid ${accountSid}`, {stdin: authToken, env: noTwilio}] as const
    const commands: readonly (readonly [string, RunOptions?])[] = [
      login,
      ['addons:create twilio:small -a api-dev --area-code 801 --any-area'],
      ['addons:create twilio:small -a api-dev --json'],
      ['addons:create twilio:large -a api-dev'],
      ['addons:destroy twilio -a api-dev --confirm api-dev --json'],
    ]
    const live = async (machine: Machine, run: Machine['aka']) => {
      const all = []
      for (const [args, options] of commands) {
        const result = seen(await run(args, options))
        all.push({args, ...result, stdout: result.stdout.replaceAll(machine.home, 'HOME')})
      }
      return all
    }
    const [alone, inside] = await Promise.all([live(outside, outside.standalone), live(within, within.aka)])
    expect(inside).toEqual(alone)
    expect(inside.map(({exitCode}) => exitCode)).toEqual([0, 0, 0, 6, 0])
    const {accounts} = await snapshot(within.world)
    expect(accounts.map(({status}) => status)).toEqual(['active', 'closed'])
  })
})
