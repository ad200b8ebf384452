/**
 * Jest would run each test file in a context of its own and load every module anew in it, which takes longer than the tests. Here the
 * tests of a file run as in Jest, by jest-circus, but with modules that Node loads once per worker (build.mjs). So what a test changes
 * outside itself (process.env, a method of Date) it puts back.
 */
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join, relative} from 'node:path'
import {pathToFileURL} from 'node:url'
import {compileFunction} from 'node:vm'

import circus from 'jest-circus/runner'

import {setGlobals} from './globals.mjs'

/**
 * @param {unknown} globalConfig
 * @param {{readonly rootDir: string}} config
 * @param {unknown} environment
 * @param {object} runtime
 * @param {string} path
 * @param {unknown} [send]
 */
export default function run(globalConfig, config, environment, runtime, path, send) {
  const native = Object.assign(Object.create(runtime), {
    /** @param {string} module jest-circus keeps in it, and in one global, what it knows of a test file. */
    requireInternalModule(module) {
      Reflect.deleteProperty(globalThis, Symbol.for('EVENT_HANDLERS'))
      return evaluate(module)
    },
    setGlobalsForRuntime: setGlobals,
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: () => import(builtFrom(path, config.rootDir)),
  })
  return circus.default(globalConfig, config, environment, native, path, send)
}

/** @type {Map<string, Function>} */
const compiled = new Map()

/**
 * Anew each time, but compiled once.
 * @param {string} path of a CommonJS module
 */
function evaluate(path) {
  const run =
    compiled.get(path) ??
    compileFunction(readFileSync(path, 'utf8'), ['exports', 'require', 'module'], {filename: path})
  compiled.set(path, run)
  const module = {exports: {}}
  run.call(module.exports, module.exports, createRequire(path), module)
  return module.exports
}

/** @param {string} path @param {string} root */
function builtFrom(path, root) {
  const built = join(process.env.AKA_TWILIO_TESTS ?? '', relative(root, path)).replace(/\.ts$/, '.js')
  return pathToFileURL(built).href
}
