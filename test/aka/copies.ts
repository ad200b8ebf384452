import {execFileSync} from 'node:child_process'
import {cp, mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'

import {afterAll} from '@jest/globals'

import {ROOT} from './support.js'

const git = (...args: string[]) => execFileSync('git', args, {cwd: ROOT, encoding: 'utf8', maxBuffer: 1024 ** 3})

/** What a clone would hold, with what is not committed yet; but for the tests, which nothing of it reads. */
export async function copySources(target: string): Promise<void> {
  const paths = git('ls-files', '-coz', '--exclude-standard')
    .split('\0')
    .filter((path) => path && !path.startsWith('test/'))
  const gone = new Set(git('ls-files', '-dz').split('\0'))
  await Promise.all(paths.filter((path) => !gone.has(path)).map((path) => cp(join(ROOT, path), join(target, path))))
}

/** Folders that are removed after the last test. */
export function folders(): () => Promise<string> {
  const made: string[] = []
  afterAll(async () => {
    for (const folder of made) await rm(folder, {recursive: true, force: true})
  })
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
    made.push(folder)
    return folder
  }
}

/** The plugin as it is built, in a folder of its own, with some files changed. */
export async function copyOfPlugin(target: string, changes: Readonly<Record<string, string>> = {}): Promise<string> {
  await copySources(target)
  for (const path of ['dist', 'oclif.manifest.json']) await cp(join(ROOT, path), join(target, path), {recursive: true})
  for (const [path, text] of Object.entries(changes)) {
    await mkdir(dirname(join(target, path)), {recursive: true})
    await writeFile(join(target, path), text)
  }
  return target
}

/** Gives a copy what it needs from npm. */
export async function linkPackages(target: string): Promise<void> {
  await symlink(join(ROOT, 'node_modules'), join(target, 'node_modules'))
}
