import {readFileSync} from 'node:fs'
import {mkdir, symlink} from 'node:fs/promises'
import {join} from 'node:path'

import {afterAll} from '@jest/globals'

import type {SandboxOptions} from '../../src/sandbox/sandbox.js'
import {type Finished, type Running, type RunOptions, startCli, startWorld, type World} from '../support/cli.js'
import {type Platform, startPlatform} from './platform.js'

export const ROOT = process.cwd()
const HOST = join(ROOT, 'test', 'aka', 'host', 'aka.cjs')

/** Two cores: more at once would only wait for each other. */
const AT_ONCE = 4

/** A machine with `aka` on it, and the platform it talks to. */
export interface Machine {
  readonly world: World
  readonly platform: Platform
  readonly home: string
  readonly env: Readonly<Record<string, string>>
  /** The program `aka`. */
  readonly bin: string
  /** ~/.akkeris/plugins */
  readonly plugins: string
  /** Runs `aka` to its end, in a process that is used again. What it starts itself has streams of its own there. */
  readonly aka: (args: string | readonly string[], options?: RunOptions) => Promise<Finished>
  /** Starts `aka` in a process of its own. */
  readonly start: (args: string | readonly string[], options?: RunOptions) => Running
  /** Runs `aka` to its end in a process of its own: where its plugins change, or where it runs itself once more. */
  readonly akaByItself: (args: string | readonly string[], options?: RunOptions) => Promise<Finished>
  /** Runs our CLI on its own, on the same machine. */
  readonly standalone: (args: string | readonly string[], options?: RunOptions) => Promise<Finished>
  close(): Promise<void>
}

export interface MachineOptions {
  /** The folder that is installed as the plugin `twilio`: ours, another, or none. */
  readonly plugin?: string | undefined
  readonly sandbox?: Partial<SandboxOptions>
}

export async function startMachine({plugin = ROOT, sandbox = {}}: MachineOptions = {}): Promise<Machine> {
  const world = await startWorld(sandbox)
  const platform = await startPlatform(world)
  const {home} = world
  const [bin, plugins] = [join(home, 'bin', 'aka'), join(home, '.akkeris', 'plugins')]
  await mkdir(join(home, 'bin'))
  await mkdir(plugins, {recursive: true})
  await symlink(HOST, bin)
  if (plugin !== NO_PLUGIN) await symlink(plugin, join(plugins, 'twilio'))
  const env = {
    ...world.env,
    AKKERIS_API_HOST: platform.url,
    AKKERIS_AUTH_HOST: 'auth.example.com',
    AKA_NO_COLORS: '1',
  }
  const withEnv = (options: RunOptions = {}): RunOptions => ({...options, env: {...env, ...options.env}})
  const start: Machine['start'] = (args, options) => startCli(args, {...withEnv(options), bin})
  return {
    world,
    platform,
    home,
    env,
    bin,
    plugins,
    start,
    aka: (args, options) => world.aka(args, {...withEnv(options), bin}),
    akaByItself: (args, options) => start(args, options).finished,
    standalone: (args, options) => world.aka(args, withEnv(options)),
    async close() {
      await platform.close()
      await world.close()
    },
  }
}

export const NO_PLUGIN = ''

/** Starts machines that are closed after the last test. */
export function machines(): (options?: MachineOptions) => Promise<Machine> {
  const open: Machine[] = []
  afterAll(async () => {
    for (const machine of open) await machine.close()
  })
  return async (options) => {
    const machine = await startMachine(options)
    open.push(machine)
    return machine
  }
}

/** Does the work for each, a few at a time. */
export async function forEachOf<Item>(items: Iterable<Item>, work: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items]
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  await Promise.all(Array.from({length: AT_ONCE}, lane))
}

/** Runs everything, a few at a time; the results have the names of the runs. */
export async function runEach(
  runs: Readonly<Record<string, () => Promise<Finished>>>,
): Promise<(name: string) => Finished> {
  const results = new Map<string, Finished>()
  await forEachOf(Object.entries(runs), async ([name, run]) => void results.set(name, await run()))
  return (name) => {
    const result = results.get(name)
    if (!result) throw new Error(`nothing ran as ${name}`)
    return result
  }
}

export interface ManifestCommand {
  readonly id: string
  readonly summary: string
  readonly aliases: readonly string[]
  readonly hidden?: boolean
}

/** The commands of the built CLI: those of later versions as well. */
export const manifest = (
  JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8')) as {
    commands: Record<string, ManifestCommand>
  }
).commands

/** What two runs have in common: all that can be seen of them. */
export const seen = ({exitCode, stdout, stderr}: Finished) => ({exitCode, stdout, stderr})
