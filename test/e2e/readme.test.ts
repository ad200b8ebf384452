import {execFile} from 'node:child_process'
import {chmod, mkdir, readFile, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {startWorld, type World} from '../support/cli.js'

const root = process.cwd()
const run = promisify(execFile)

/** The commands that the README tells a person to type, in order. */
async function readmeCommands(): Promise<string[]> {
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block)
  return blocks.flatMap((block) => block.trim().split('\n'))
}

describe('the README', () => {
  let world: World
  let path: string
  beforeAll(async () => {
    world = await startWorld()
    path = join(world.home, 'path')
    await mkdir(path)
    await writeFile(join(path, 'aka'), `#!/bin/sh\nexec "${process.execPath}" "${root}/bin/run.js" "$@"\n`)
    await chmod(join(path, 'aka'), 0o755)
    await symlink(join(root, 'bin'), join(world.home, 'bin'))
  })
  afterAll(() => world.close())

  it('has commands that all work, typed one after the other', async () => {
    const commands = await readmeCommands()
    expect(commands[0]).toBe('npm ci && npm run provision:sandbox')
    const {scripts} = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    // Installed and built is what runs this test; the rest of the first command is what the script does.
    const [, ...others] = commands
    for (const command of [scripts['provision:sandbox'] ?? '', ...others]) {
      const env = {...world.env, PATH: `${path}:${process.env.PATH ?? ''}`}
      await expect(run('sh', ['-ec', command], {cwd: world.home, env})).resolves.toBeDefined()
    }
    const made = JSON.parse(await readFile(join(world.home, 'web-dev.json'), 'utf8')) as unknown
    expect(made).toMatchObject({created: true, appSpace: 'web-dev'})
  })

  it('shows every command of the manifest in its reference', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    const {commands} = JSON.parse(await readFile(join(root, 'oclif.manifest.json'), 'utf8')) as {
      commands: Record<string, {summary: string}>
    }
    for (const [id, {summary}] of Object.entries(commands)) {
      expect(readme).toContain(`## \`aka ${id}`)
      expect(readme).toContain(summary)
    }
  })

  it('shows examples in Node that Node understands', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    const example = /^```js\n(.*?)^```$/ms.exec(readme)?.[1] ?? ''
    const file = join(world.home, 'example.mjs')
    await writeFile(file, example)
    await expect(run(process.execPath, ['--check', file])).resolves.toBeDefined()
  })
})
