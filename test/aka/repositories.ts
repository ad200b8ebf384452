import {execFileSync} from 'node:child_process'
import {chmod, cp, mkdir, readFile, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {describe} from '@jest/globals'

import type {Finished, RunOptions} from '../support/cli.js'
import {sample} from '../support/runs.js'
import {copySources, folders} from './copies.js'
import {type Machine, machines, NO_PLUGIN, ROOT} from './support.js'

const REPOSITORY = 'https://git.invalid/aka-twilio'
export const INSTALL = `plugins:install ${REPOSITORY}`
/** A source whose summary shows which version runs. */
export const WHOAMI = 'src/commands/twilio/whoami.ts'

/**
 * Stands in for npm: writes down what it is asked; for `ci` removes what was there, as npm does, and brings what
 * package-lock.json has. With ~/npm-fails it fails in between, with ~/npm-gate it waits there for a line.
 */
const NPM = `#!/bin/sh
[ "$1" = ci ] && rm -rf node_modules
echo "$*" >> "$HOME/npm-log"
[ "$1" = ci ] || { echo "npm does not know $1 here" >&2; exit 1; }
if [ -f "$HOME/npm-fails" ]; then cat "$HOME/npm-fails" >&2; exit 1; fi
if [ -p "$HOME/npm-gate" ]; then read -r _ < "$HOME/npm-gate"; fi
cp -RP "$HOME/packages" node_modules
`

/** A repository of the plugin as it is here, with a way to change it. */
export interface Upstream {
  readonly path: string
  commit(changes: Readonly<Record<string, (text: string) => string>>): Promise<void>
  /** Makes a release of what is committed, with the build that is here, and hands that on to whoever clones. */
  release(): Promise<void>
}

/** Makes repositories, and machines without plugins that have git, which finds the repository, and npm. */
export function repositories() {
  const [newFolder, newMachine] = [folders(), machines()]
  return {
    newUpstream: async () => upstreamIn(await newFolder()),
    machineWith: async (upstream: Upstream) => prepare(await newMachine({plugin: NO_PLUGIN}), upstream),
  }
}

const somebody = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((who) => [
    [`GIT_${who}_NAME`, 'Somebody'],
    [`GIT_${who}_EMAIL`, 'somebody@example.com'],
  ]),
)

async function upstreamIn(path: string): Promise<Upstream> {
  await copySources(path)
  const git = (...args: string[]) => execFileSync('git', args, {cwd: path, env: {...process.env, ...somebody}})
  const commitAll = (message: string) => {
    git('add', '--all')
    git('commit', '--quiet', '--message', message)
  }
  git('init', '--quiet', '--initial-branch=main')
  commitAll('Begin')
  return {
    path,
    async commit(changes) {
      for (const [file, change] of Object.entries(changes))
        await writeFile(join(path, file), change(await readFile(join(path, file), 'utf8')))
      commitAll('Change')
    },
    async release() {
      for (const built of ['dist', 'oclif.manifest.json'])
        await cp(join(ROOT, built), join(path, built), {recursive: true})
      const env = {...process.env, ...somebody}
      execFileSync(process.execPath, ['scripts/release.mjs'], {cwd: path, env, stdio: ['ignore', 'ignore', 'pipe']})
      git('symbolic-ref', 'HEAD', 'refs/heads/release')
    },
  }
}

async function prepare(machine: Machine, {path}: Upstream): Promise<Machine> {
  const {home} = machine
  await writeFile(join(home, '.gitconfig'), `[url "file://${path}"]\n  insteadOf = ${REPOSITORY}\n`)
  await writeFile(join(home, 'bin', 'npm'), NPM)
  await chmod(join(home, 'bin', 'npm'), 0o755)
  await mkdir(join(home, 'packages'))
  const {packages} = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as {packages: object}
  for (const where of Object.keys(packages)) {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(where) ?? []
    if (name === undefined) continue
    await mkdir(join(home, 'packages', name, '..'), {recursive: true})
    await symlink(join(ROOT, 'node_modules', name), join(home, 'packages', name))
  }
  return machine
}

/** The command in `aka`, with the machine's npm first on its path. */
export function run({akaByItself, home, env}: Machine, args: string, more: RunOptions = {}): Promise<Finished> {
  return akaByItself(args, {...more, env: {PATH: `${join(home, 'bin')}:${env.PATH ?? ''}`, ...more.env}})
}

/** In `npm test` one of these is tried: each builds the plugin from its sources, where that takes seconds. */
export function describeInTurn(what: 'install' | 'update'): typeof describe | typeof describe.skip {
  return sample(['install', 'update'], 2).includes(what) ? describe : describe.skip
}

/** What npm was asked. */
export const asked = ({home}: Machine): Promise<string> => readFile(join(home, 'npm-log'), 'utf8').catch(() => '')
