import {spawn, spawnSync} from 'node:child_process'
import {stripVTControlCharacters} from 'node:util'

import {describe} from '@jest/globals'

export const ENTER = '\r'
export const CTRL_C = '\u0003'
export const CTRL_D = '\u0004'
export const DOWN = '\u001B[B'

/** Node has no pseudo-terminals of its own: what runs a command of the shell on one. */
const makers: readonly ((command: string) => readonly [program: string, ...args: string[]])[] = [
  (command) => ['script', '-qec', command, '/dev/null'],
  (command) => [
    'python3',
    '-c',
    'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))',
    'sh',
    '-c',
    command,
  ],
]

/** The first that works here. */
const maker = makers.find((make) => {
  const [program, ...args] = make('stty cols 120 rows 40 && test -t 0 && test -t 1 && test -t 2 && exit 42')
  return spawnSync(program, args, {input: '', timeout: 10_000}).status === 42
})

/** Skips, saying why, where there are no terminals. */
export function describeOnTerminal(title: string, tests: () => void): void {
  if (maker) describe(title, tests)
  else describe.skip(`${title} (SKIPPED: neither script of util-linux nor python3 has one)`, tests)
}

export interface Terminal {
  /** Everything that was shown, as it was sent to the terminal. */
  shown(): string
  /** Resolves once this is shown, after what was waited for before. */
  shows(what: RegExp): Promise<void>
  type(keys: string): void
  readonly ended: Promise<number | null>
  stop(): void
}

export interface TerminalOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Runs a program of Node on a terminal. `args` and `more`, e.g. a redirection, are for the shell. */
export function onTerminal(
  [bin, args, more = '']: readonly [bin: string, args: string, more?: string],
  {cwd, env}: TerminalOptions,
): Terminal {
  if (!maker) throw new Error('There is no terminal here.')
  const quoted = [process.execPath, bin].map((each) => `'${each}'`).join(' ')
  const [program, ...argv] = maker(`stty cols 120 rows 40; exec ${quoted} ${args} ${more}`)
  const all = {TERM: 'xterm-256color', NO_UPDATE_NOTIFIER: '1', ...env}
  const given = Object.fromEntries(Object.entries<string | undefined>(all).filter(([, value]) => value !== undefined))
  const child = spawn(program, argv, {cwd, env: given, stdio: 'pipe'})
  let text = ''
  let done = false
  let seen = 0
  let look = (): void => undefined
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    look()
  })
  child.stdin.on('error', () => undefined)
  const ended = new Promise<number | null>((resolve) =>
    child.on('close', (code) => {
      done = true
      look()
      resolve(code)
    }),
  )
  return {
    shown: () => text,
    shows: (what) =>
      new Promise((resolve, reject) => {
        look = () => {
          const plain = stripVTControlCharacters(text)
          const found = what.exec(plain.slice(seen))
          if (found) {
            seen += found.index + found[0].length
            resolve()
          } else if (done) reject(new Error(`It ended without showing ${String(what)}:\n${plain}`))
        }
        look()
      }),
    type: (keys) => void child.stdin.write(keys),
    ended,
    stop: () => void child.kill('SIGKILL'),
  }
}
