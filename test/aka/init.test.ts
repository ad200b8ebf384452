import {execFileSync, spawnSync} from 'node:child_process'
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {describe, expect, it} from '@jest/globals'

import {onlyInFull} from '../support/runs.js'
import {copyOfPlugin, folders, linkPackages} from './copies.js'
import {machines, ROOT, runEach} from './support.js'

/** Prints what Node loads from files between the start and the end of `require` and `init`. */
const LISTS_WHAT_IS_LOADED = `
const {register} = require('node:module')
const {argv: [, index]} = process
const hook = 'export async function load(url, context, next) { process._rawDebug("ESM " + url); return next(url, context) }'
register('data:text/javascript,' + encodeURIComponent(hook))
const args = require('yargs')
args.command('addons:create SERVICE_PLAN', 'Create an add-on', {}, () => undefined)
const before = new Set(Object.keys(require.cache))
process.argv = [process.execPath, 'aka', ...process.argv.slice(2)]
require(index).init({args, plugins: {}})
setImmediate(() => {
  for (const path of Object.keys(require.cache)) if (!before.has(path)) console.log(path)
})`

describe('what the plugin costs every command of aka', () => {
  const [newFolder, newMachine] = [folders(), machines()]

  /** What `require` and `init` load, where `aka` was called with these arguments. */
  function loadedBy(index: string, args: string): string[] {
    const argv = ['-e', LISTS_WHAT_IS_LOADED, index, ...args.split(' ')]
    const {status, stdout, stderr} = spawnSync(process.execPath, argv, {cwd: ROOT, encoding: 'utf8'})
    expect({status, stderr: stderr.replaceAll(/^ESM .*\n/gm, '')}).toEqual({status: 0, stderr: ''})
    return [...stdout.split('\n'), ...stderr.split('\n')].filter(Boolean)
  }

  it.each(['version', 'addons:create redis:small -a x-dev', 'addons:create twilio:small -a x-dev', 'twilio:whoami'])(
    'is a few small files of its own, no package and no command: aka %s',
    (args) => {
      const loaded = loadedBy(join(ROOT, 'index.js'), args)
      expect(loaded).toContain(join(ROOT, 'index.js'))
      expect(loaded.length).toBeLessThan(5)
      expect(loaded.filter((path) => /node_modules|load-bundle|dist\/main|^ESM/.test(path))).toEqual([])
    },
  )

  it('would be seen if it were more', async () => {
    const index = join(await newFolder(), 'index.js')
    const imports = JSON.stringify([
      join(ROOT, 'node_modules/debug/src/index.js'),
      join(ROOT, 'node_modules/chalk/source/index.js'),
    ])
    await writeFile(index, `exports.init = () => { const [a, b] = ${imports}; require(a); import(b) }`)
    const loaded = loadedBy(index, 'version')
    expect(loaded).toContain(join(ROOT, 'node_modules/debug/src/index.js'))
    expect(loaded).toContain(`ESM file://${join(ROOT, 'node_modules/chalk/source/index.js')}`)
  })

  it('is possible where nothing of npm is installed', async () => {
    const {akaByItself: aka} = await newMachine({plugin: await copyOfPlugin(await newFolder())})
    const ran = await runEach({
      version: () => aka('version'),
      help: () => aka('help twilio'),
      core: () => aka('plans redis'),
    })
    for (const name of ['version', 'help', 'core']) expect(ran(name)).toMatchObject({exitCode: 0, stderr: ''})
    expect(ran('version').stdout).toMatch(/^twilio /m)
    expect(ran('help').stdout).toMatch(/aka twilio:whoami/)
    expect(ran('core').stdout).toMatch(/redis:large/)
  })

  onlyInFull(it)('has every new command, with its aliases, from the build alone', async () => {
    const plugin = await copyOfPlugin(await newFolder(), {
      'src/commands/twilio/brand-new.ts': `
        import {Args} from '@oclif/core'
        import {AkaCommand} from '../../cli/base-command.js'
        export default class BrandNew extends AkaCommand {
          static override aliases = ['twilio:newest']
          static override summary = 'show that it is new'
          static override args = {number: Args.string({required: true})}
          async run(): Promise<unknown> {
            const {args} = await this.parse(BrandNew)
            this.log('new ' + args.number)
            return args
          }
        }`,
    })
    await linkPackages(plugin)
    execFileSync(process.execPath, ['scripts/build.mjs'], {cwd: plugin, stdio: ['ignore', 'pipe', 'inherit']})
    const {akaByItself: aka} = await newMachine({plugin})
    const ran = await runEach({
      id: () => aka('twilio:brand-new 15551234567'),
      alias: () => aka('twilio:newest 007 --json'),
      usage: () => aka('twilio:newest'),
      help: () => aka('help twilio'),
      old: () => aka('addons:plans twilio'),
    })
    expect(ran('id')).toMatchObject({exitCode: 0, stdout: 'new 15551234567\n'})
    expect(JSON.parse(ran('alias').stdout)).toEqual({number: '007'})
    expect(ran('usage')).toMatchObject({exitCode: 2, stdout: ''})
    expect(ran('help').stdout).toMatch(/• aka twilio:brand-new.* show that it is new/)
    expect(ran('old')).toMatchObject({exitCode: 0})
  })
})
