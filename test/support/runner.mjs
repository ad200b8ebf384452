/**
 * Runs commands one after the other in one process, as a host would: starting Node and loading oclif for each takes ten times as
 * long as most commands. What it is told is a Job (runners.ts), of the built CLI or, with `bin`, of another program; what it answers:
 * {exitCode, stdout, stderr}, in a file when it ends with that.
 */
import {realpathSync, writeFileSync} from 'node:fs'
import Module, {createRequire, syncBuiltinESMExports} from 'node:module'
import {Readable} from 'node:stream'
import {setImmediate} from 'node:timers'
import {fileURLToPath} from 'node:url'
import v8 from 'node:v8'

import {loadBundle} from '../../bin/load-bundle.js'
import {lastWordsOf} from './last-words.mjs'
import {followClock, installClock} from './runner-clock.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const {execute} = loadBundle()
const {cache} = createRequire(import.meta.url)
const {_load: load} = /** @type {{_load: (path: string, parent: null, isMain: boolean) => unknown}} */ (
  /** @type {unknown} */ (Module)
)
let spoken = {stdout: '', stderr: ''}
for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
  /**
   * @param {string | Uint8Array} chunk
   * @param {unknown} [encoding]
   * @param {unknown} [done]
   */
  process[name].write = (chunk, encoding, done = encoding) => {
    spoken[name] += Buffer.from(chunk).toString()
    if (typeof done === 'function') done()
    return true
  }
}

const exit = process.exit.bind(process)
process.exit = (code = process.exitCode) => {
  // The end of this process too, at once: a message would take until after whatever comes next.
  writeFileSync(lastWordsOf(process.pid), JSON.stringify({exitCode: code ?? 0, ...spoken}))
  return exit()
}
// A command that reads a thousand add-ons turns off what only a process that lives as long as this one needs.
v8.setFlagsFromString = () => undefined
installClock()
syncBuiltinESMExports()
const ofProcess = process.listeners('uncaughtException')

/** What this process is told, and tells: it was forked. */
const {channel} = /** @type {Required<Pick<NodeJS.Process, 'channel'>>} */ (process)
/** @param {import('./runners.js').JobResult} result */
const answer = (result) => process.send?.(result)

/**
 * Runs a program as Node would: everything else of it is loaded anew, and it ends when it has nothing more to do.
 * @param {string} bin
 * @param {readonly string[]} args
 */
async function runProgram(bin, args) {
  process.argv = [process.execPath, bin, ...args]
  // Not the bundle: to load it takes as long as most commands.
  for (const path of Object.keys(cache)) if (!path.endsWith('/dist/main.js')) delete cache[path]
  // The next job may come at any time, and would keep it from ending.
  channel.unref()
  const ended = new Promise((resolve) => process.once('beforeExit', resolve))
  setImmediate(() => load(realpathSync(bin), null, true))
  await ended
  channel.ref()
  process.removeAllListeners('uncaughtException')
  for (const listener of ofProcess) process.on('uncaughtException', listener)
}

process.on('disconnect', () => exit())
process.on('message', async (/** @type {import('./runners.js').Job} */ {args, env, cwd, stdin, bin, clock}) => {
  spoken = {stdout: '', stderr: ''}
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  process.exitCode = undefined
  try {
    process.chdir(cwd)
  } catch (error) {
    // Nobody waits any more for what a test left behind.
    answer({exitCode: 70, stdout: '', stderr: String(error)})
    return
  }
  Object.defineProperty(process, 'stdin', {value: Readable.from(stdin ? [stdin] : []), configurable: true})
  const leaveClock = clock ? await followClock(clock) : undefined
  await (bin ? runProgram(bin, args) : execute({dir: root, args: [...args]}))
  leaveClock?.()
  answer({exitCode: Number(process.exitCode ?? 0), ...spoken})
})
