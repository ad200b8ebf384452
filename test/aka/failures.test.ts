import {join} from 'node:path'

import {beforeAll, describe, expect, it} from '@jest/globals'

import type {Finished} from '../support/cli.js'
import {copyOfPlugin, folders} from './copies.js'
import {machines, ROOT, runEach} from './support.js'

/** The bundle, with commands that do this in place of what they do. */
const bundleWith = (bodies: Readonly<Record<string, string>>) => `(function (exports, require, module) {
  const {COMMANDS, runInAka} = require(${JSON.stringify(join(ROOT, 'bin/load-bundle.js'))}).loadBundle()
  const changed = {${Object.entries(bodies)
    .map(([id, body]) => `get '${id}'() { ${body} }`)
    .join(',')}}
  for (const [id, getter] of Object.entries(Object.getOwnPropertyDescriptors(changed))) Object.defineProperty(COMMANDS, id, getter)
  module.exports = {COMMANDS, runInAka}
})`
const command = (body: string) => `return class { static async run() { ${body} } }`
const MEGABYTE = 2 ** 20

describe('commands that go wrong inside aka', () => {
  const [newFolder, newMachine] = [folders(), machines()]
  let ran: (name: string) => Finished
  beforeAll(async () => {
    const plugin = await copyOfPlugin(await newFolder(), {
      'dist/main.js': bundleWith({
        'twilio:whoami': command('await new Promise(() => undefined)'),
        'addons:plans': command('await new Promise(() => undefined)'),
        'twilio:logout': command('throw new TypeError("x is not a function")'),
        'twilio:console': command(
          'setImmediate(() => { throw new TypeError("too late") }); await new Promise(() => undefined)',
        ),
        'twilio:doctor': command(`process.stdout.write("x".repeat(${MEGABYTE}) + "\\n"); process.exitCode = 6`),
        'twilio:settings': 'return new Function("this is no JavaScript")',
      }),
    })
    const {akaByItself: aka} = await newMachine({plugin})
    ran = await runEach({
      'never ends': () => aka('twilio:whoami'),
      'never ends, with --json': () => aka('twilio:whoami --json'),
      "never ends under the core's name": () => aka('plans twilio'),
      throws: () => aka('twilio:logout'),
      'throws later': () => aka('twilio:console'),
      'cannot be loaded': () => aka('twilio:settings'),
      much: () => aka('twilio:doctor'),
      other: () => aka('addons:services'),
    })
  })

  it.each([
    'never ends',
    'never ends, with --json',
    "never ends under the core's name",
    'throws',
    'throws later',
    'cannot be loaded',
  ])('exits 70, with a word on stderr and nothing on stdout, when it %s', (name) => {
    expect(ran(name)).toMatchObject({exitCode: 70, signal: null, stdout: ''})
    expect(ran(name).stderr).toMatch(/bug in aka-twilio/)
  })

  it('prints all of a long result before it exits with its code', () => {
    const {exitCode, stdout} = ran('much')
    expect({exitCode, length: stdout.length}).toEqual({exitCode: 6, length: MEGABYTE + 1})
  })

  it('leaves the rest of aka alone', () => {
    expect(ran('other')).toMatchObject({exitCode: 0, stderr: '', stdout: expect.stringContaining('redis') as unknown})
  })
})
