import {execFile} from 'node:child_process'
import {chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
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

function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word)
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
    const env = {...world.env, PATH: `${path}:${process.env.PATH ?? ''}`}
    for (const command of [scripts['provision:sandbox'] ?? '', ...others]) {
      // Without anything for a shell in it, a command runs in a process that is there already, in which waits take no time.
      const [, plain] = /^aka ([^'$|<>&*]+)$/.exec(command) ?? []
      if (plain === undefined) await expect(run('sh', ['-ec', command], {cwd: world.home, env})).resolves.toBeDefined()
      else expect(await world.aka(wordsOf(plain))).toMatchObject({exitCode: 0})
    }
    const made = await readFile(join(world.home, 'created.ndjson'), 'utf8')
    expect(made.match(/"created":true/g)).toHaveLength(2)
  })

  it('shows first what addons:create really prints', async () => {
    const picture = await readFile(join(root, 'docs', 'screens', 'create.svg'), 'utf8')
    const [, args = ''] = /<title>aka (.*)<\/title>/.exec(picture) ?? []
    const fresh = await startWorld()
    const run = await fresh.aka(args)
    await fresh.close()
    const shown = [...picture.matchAll(/<text [^>]*>(.*?)<\/text>/g)].map(([, text = '']) => text).join(' ')
    const words = (text: string) => text.trim().split(/\s+/).join(' ')
    expect(words(shown)).toContain(words(run.stdout))
  })

  it('shows examples in Node that Node understands', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    const example = /^```js\n(.*?)^```$/ms.exec(readme)?.[1] ?? ''
    const file = join(world.home, 'example.mjs')
    await writeFile(file, example)
    await expect(run(process.execPath, ['--check', file])).resolves.toBeDefined()
  })
})

describe('the documents', () => {
  it('name only commands that exist', async () => {
    const {commands} = JSON.parse(await readFile(join(root, 'oclif.manifest.json'), 'utf8')) as {
      commands: Record<string, {aliases: string[]; hiddenAliases: string[]}>
    }
    const names = Object.entries(commands).flatMap(([id, {aliases, hiddenAliases}]) => [
      id,
      ...aliases,
      ...hiddenAliases,
    ])
    const plans = ['twilio:small', 'twilio:medium', 'twilio:large']
    const documents = (await readdir(join(root, 'docs'), {recursive: true})).filter((path) => path.endsWith('.md'))
    const texts = ['README.md', 'CONTRIBUTING.md', ...documents.map((path) => join('docs', path))].map(async (path) => {
      // A page of the reference has its topic for a title.
      const text = (await readFile(join(root, path), 'utf8')).replace(/^# .*$/m, '')
      return [...text.matchAll(/(?<![\w:./])(?:addons|twilio)(?::[a-z\d]+)+/g)].map(([name]) => ({path, name}))
    })
    const unknown = (await Promise.all(texts)).flat().filter(({name}) => ![...names, ...plans].includes(name))
    expect(unknown).toEqual([])
  })

  it('have a command reference that is up to date, and no dead link', async () => {
    await expect(run(process.execPath, ['scripts/command-reference.mjs', '--check'])).resolves.toBeDefined()
    await expect(run(process.execPath, ['scripts/check-links.mjs'])).resolves.toBeDefined()
  })

  it('show contributors tests that run', async () => {
    const guide = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8')
    const tests = await readFile(join(root, 'test', 'e2e', 'examples.test.ts'), 'utf8')
    const examples = [...guide.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, example = '']) => example)
    expect(examples).toHaveLength(4)
    for (const example of examples) expect(tests).toContain(example)
  })
})

describe('the check of links', () => {
  it('reports dead links, missing headings, files and documents, and paths of one machine', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aka-twilio-links-'))
    await writeFile(
      join(folder, 'README.md'),
      [
        '# A `title`, really',
        '[good](#a-title-really) [good](other.md) [good](https://example.com/none)',
        '[dead](none.md) [no heading](#none) [no heading](other.md#none) `src/none.ts`',
        '/home/somebody/README.md',
        '```\n[not a link](none.md)\n```',
      ].join('\n'),
    )
    await writeFile(join(folder, 'other.md'), '')
    await mkdir(join(folder, 'src'))
    await writeFile(
      join(folder, 'src', 'code.ts'),
      '// docs/json.md, docs/decisions/0012, https://example.com/docs/none.md',
    )
    const checked = run(process.execPath, ['scripts/check-links.mjs', folder])
    await expect(checked).rejects.toMatchObject({
      code: 1,
      stderr: [
        'README.md: dead link: none.md',
        'README.md: no such heading: #none',
        'README.md: no such heading: other.md#none',
        'README.md: there is no src/none.ts',
        'README.md: a path of one machine: /home/somebody/README.md',
        'src/code.ts: there is no docs/json.md',
        'src/code.ts: there is no docs/decisions/0012',
        '',
      ].join('\n'),
    })
    await rm(folder, {recursive: true})
  })
})
