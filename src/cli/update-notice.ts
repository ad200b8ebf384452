import {spawn} from 'node:child_process'
import {existsSync} from 'node:fs'
import {join} from 'node:path'

import {makePrivateFolder, objectIn, readOtherProgramsFile, writePrivateFile} from '../lib/local-files.js'
import type {Machine} from '../lib/session.js'
import {cacheFolder, configFolder, settingsFile} from '../lib/settings-file.js'
import {writeToStderr} from './progress.js'
import {quotedForShell} from './quoted-for-shell.js'

interface Run extends Machine {
  /** Of the package. */
  readonly root: string
  readonly argv: readonly string[]
  readonly program: string
  readonly now?: number
  /** Finds out for a later command, and is not waited for. */
  readonly startCheck?: (root: string, path: string) => void
}

const dayMs = 86_400_000

/**
 * Says once, behind everything else, that the branch that this clone follows has something newer. A command reads one small file for that;
 * whether there is anything newer is found out at most once a day by a process that nobody waits for.
 */
export async function noticeUpdate(run: Run): Promise<void> {
  try {
    await notice(run)
  } catch {
    // A home that is read-only, settings that are broken: whoever needs them says so.
  }
}

async function notice({root, argv, program, env, home, now = Date.now(), startCheck = check}: Run): Promise<void> {
  if (!isWelcome(argv, env) || !existsSync(join(root, '.git'))) return
  const folder = cacheFolder(env, home)
  const path = join(folder, `update${root.replaceAll(/\W+/g, '-').slice(-80)}.json`)
  const state = objectIn(readOtherProgramsFile(path))
  const build = readOtherProgramsFile(join(root, 'dist', 'built-from.txt'))?.trim()
  // A clock that was set back would keep it silent; of another build than this nothing is known.
  const age = now - Number(state.checkedAt)
  const isKnown = state.build === build && age >= 0 && age < dayMs
  if (isKnown && (state.isBehind !== true || state.isTold === true)) return
  if ((await settingsFile(configFolder(env, home)).read()).settings['update-notice'] === false) return

  if (isKnown) writeToStderr(`! A newer version of aka-twilio is available. To update: ${howTo(program, root)}`)
  await makePrivateFolder(folder)
  const after = isKnown ? {...state, isTold: true} : {build, checkedAt: now}
  await writePrivateFile(path, Buffer.from(JSON.stringify(after)))
  if (!isKnown) startCheck(root, path)
}

/** Not for programs, logs and screen readers, nor for whoever turned it off. */
function isWelcome(argv: readonly string[], env: NodeJS.ProcessEnv): boolean {
  const isQuiet = argv.some((word) => ['--json', '--plain', '--quiet', '-q'].includes(word))
  return !isQuiet && !env.CI && !env.NO_UPDATE_NOTIFIER
}

function howTo(program: string, root: string): string {
  if (program === 'aka') return 'aka update'
  return `git -C ${quotedForShell(root)} pull && node ${quotedForShell(join(root, 'update.js'))}`
}

function check(root: string, path: string): void {
  spawn(process.execPath, [join(root, 'scripts', 'check-update.cjs'), path], {
    ...{cwd: root, detached: true, stdio: 'ignore', windowsHide: true},
  })
    .on('error', () => undefined)
    .unref()
}
