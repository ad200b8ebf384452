/**
 * Runs commands of the built CLI one after the other in one process, as a host would: starting Node and loading oclif for each
 * takes ten times as long as most commands. What it is told: {args, env, cwd, stdin}; what it answers: {exitCode, stdout, stderr}, with `last`
 * when it ends itself with that.
 */
import {fileURLToPath} from 'node:url'
import {Readable} from 'node:stream'

import {execute} from '../../dist/run.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
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
  // The end of this process too: whoever asked starts another one.
  process.send({exitCode: code ?? 0, ...spoken, last: true}, () => exit())
}

process.on('disconnect', () => exit())
process.on('message', async ({args, env, cwd, stdin}) => {
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
  await execute({dir: root, args})
  process.send({exitCode: process.exitCode ?? 0, ...spoken})
})
