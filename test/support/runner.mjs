/**
 * Runs commands one after the other in one process, as a host would: starting Node and loading oclif for each takes ten times as
 * long as most commands. What it is told: {args, env, cwd, stdin}, of the built CLI or, with `bin`, of another program; what it
 * answers: {exitCode, stdout, stderr}, in a file when it ends with that.
 */
import {realpathSync, writeFileSync} from 'node:fs'
import Module, {createRequire, syncBuiltinESMExports} from 'node:module'
import {Readable} from 'node:stream'
import {setImmediate} from 'node:timers'
import {fileURLToPath} from 'node:url'
import v8 from 'node:v8'

import {loadBundle} from '../../bin/load-bundle.js'
import {lastWordsOf} from './last-words.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const {execute} = loadBundle()
const {cache} = createRequire(import.meta.url)
let spoken = {stdout: '', stderr: ''}
for (const name of ['stdout', 'stderr']) {
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
  exit()
}
// A command that reads a thousand add-ons turns off what only a process that lives as long as this one needs.
v8.setFlagsFromString = () => undefined
syncBuiltinESMExports()
const ofProcess = process.listeners('uncaughtException')

/** Runs a program as Node would: everything else of it is loaded anew, and it ends when it has nothing more to do. */
async function runProgram(bin, args) {
  process.argv = [process.execPath, bin, ...args]
  // Not the bundle: to load it takes as long as most commands.
  for (const path of Object.keys(cache)) if (!path.endsWith('/dist/main.js')) delete cache[path]
  // The next job may come at any time, and would keep it from ending.
  process.channel.unref()
  const ended = new Promise((resolve) => process.once('beforeExit', resolve))
  setImmediate(() => Module._load(realpathSync(bin), null, true))
  await ended
  process.channel.ref()
  process.removeAllListeners('uncaughtException')
  for (const listener of ofProcess) process.on('uncaughtException', listener)
}

process.on('disconnect', () => exit())
process.on('message', async ({args, env, cwd, stdin, bin}) => {
  spoken = {stdout: '', stderr: ''}
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  process.exitCode = undefined
  try {
    process.chdir(cwd)
  } catch (error) {
    // Nobody waits any more for what a test left behind.
    process.send({exitCode: 70, stdout: '', stderr: String(error)})
    return
  }
  Object.defineProperty(process, 'stdin', {value: Readable.from(stdin ? [stdin] : []), configurable: true})
  await (bin ? runProgram(bin, args) : execute({dir: root, args}))
  process.send({exitCode: process.exitCode ?? 0, ...spoken})
})
