import {execFileSync} from 'node:child_process'
import {cp, mkdir, rename, symlink} from 'node:fs/promises'
import {join} from 'node:path'

import {beforeAll, describe, expect, it} from '@jest/globals'

import {folders} from '../aka/copies.js'
import {startCli} from '../support/cli.js'
import {inTurn} from '../support/runs.js'

const newFolder = folders()
const ROOT = process.cwd()

interface Packed {
  readonly filename: string
  readonly unpackedSize: number
  readonly files: readonly {readonly path: string}[]
}

inTurn(describe)('the package of npm', () => {
  let folder: string
  let packed: Packed
  const npm = (...args: string[]) =>
    execFileSync('npm', ['--no-audit', '--no-fund', ...args], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  beforeAll(async () => {
    folder = await newFolder()
    // Built already: npm test does, and npm pack would otherwise do.
    const [described] = JSON.parse(npm('pack', '--json', '--ignore-scripts', '--pack-destination', folder)) as Packed[]
    if (!described) throw new Error('nothing was packed')
    packed = described
    npm('install', '--offline', '--prefix', folder, join(folder, packed.filename))
  })
  const run = (bin: string, args: string) => startCli(args, {bin, env: {PATH: process.env.PATH, HOME: folder}}).finished
  const installed = (...path: string[]) => join(folder, 'node_modules', ...path)

  it('has what is needed, and no more', () => {
    expect(packed.files.map(({path}) => path).sort()).toEqual([
      'LICENSE',
      'README.md',
      'bin/commands.js',
      'bin/load-bundle.js',
      'bin/run.js',
      'dist/THIRD-PARTY-LICENSES.txt',
      'dist/aka/commands.json',
      'dist/main.js',
      'oclif.manifest.json',
      'package.json',
    ])
    expect(packed.unpackedSize).toBeLessThan(3_400_000)
  })

  it('works by itself where it is installed, with nothing else', async () => {
    const bin = installed('.bin', 'aka-twilio')
    expect((await run(bin, '--version')).stdout).toMatch(/^aka-twilio\//)
    expect(await run(bin, 'addons:create twilio:small -a demo-dev --sandbox')).toMatchObject({exitCode: 0})
    expect(await run(bin, 'twilio:usage -a demo-dev --json --sandbox')).toMatchObject({exitCode: 0})
  })

  it('works as a plugin of another oclif command line', async () => {
    const host = join(folder, 'host')
    await cp(join(ROOT, 'test', 'aka', 'oclif-host'), host, {recursive: true})
    await mkdir(join(host, 'node_modules', '@oclif'), {recursive: true})
    await symlink(join(ROOT, 'node_modules', '@oclif', 'core'), join(host, 'node_modules', '@oclif', 'core'))
    await rename(installed('aka-twilio'), join(host, 'node_modules', 'aka-twilio'))
    const bin = join(host, 'bin', 'run.cjs')
    expect((await run(bin, '--help')).stdout).toMatch(/^ +twilio /m)
    expect(await run(bin, 'addons:info twilio -a demo-dev --sandbox')).toMatchObject({
      exitCode: 0,
      stderr: 'sandbox: nothing is bought\n',
    })
  })
})
