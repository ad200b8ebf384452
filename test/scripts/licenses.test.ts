import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {thirdPartyLicenses} from '../../scripts/licenses.mjs'

describe('the licenses of what is bundled', () => {
  let root = ''
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'aka-twilio-licenses-'))
    await install('node_modules/kind', {name: 'kind', version: '1.2.3', license: 'ISC'}, 'Do as you like.')
    await install(
      'node_modules/kind/node_modules/@deep/kind',
      {name: '@deep/kind', version: '2.0.0', license: 'MIT'},
      'Go.',
    )
    await install('node_modules/mute', {name: 'mute', version: '1.0.0', license: 'MIT'})
    await install('node_modules/vague', {name: 'vague', version: '1.0.0'}, 'See the lawyer.')
  })
  afterAll(() => rm(root, {recursive: true}))

  async function install(folder: string, manifest: object, license?: string): Promise<void> {
    await mkdir(join(root, folder), {recursive: true})
    await writeFile(join(root, folder, 'package.json'), JSON.stringify(manifest))
    if (license !== undefined) await writeFile(join(root, folder, 'LICENSE.md'), license)
  }

  const of = (...files: string[]) => {
    const inputs = Object.fromEntries(files.map((file) => [file, {bytesInOutput: 1}]))
    return thirdPartyLicenses(root, [
      {inputs: {}, outputs: {'dist/main.js': {bytes: 1, inputs, imports: [], exports: []}}},
    ])
  }

  it('are those of each package once, of nested ones too', async () => {
    const text = await of(
      'src/run.ts',
      'node_modules/kind/a.js',
      'node_modules/kind/b.js',
      'node_modules/kind/node_modules/@deep/kind/index.js',
    )
    expect(text.match(/^.* \(.*\)$/gm)).toEqual(['@deep/kind 2.0.0 (MIT)', 'kind 1.2.3 (ISC)'])
    expect(text).toContain('Do as you like.')
  })

  it.each(['mute', 'vague'])('are complete, or there is no build: %s', async (name) => {
    await expect(of(`node_modules/${name}/index.js`)).rejects.toThrow(`${name} 1.0.0 is bundled`)
  })
})
