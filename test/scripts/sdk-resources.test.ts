import {join} from 'node:path'
import {Script} from 'node:vm'

import {beforeAll, describe, expect, it} from '@jest/globals'
import {build} from 'esbuild'

import {lazyRequires} from '../../scripts/lazy-requires.mjs'
import {BUNDLED_RESOURCES, sdkResources} from '../../scripts/sdk-resources.mjs'

const resources = [...BUNDLED_RESOURCES]

/** What a file of the SDK exports: `AccountListInstance(version, …)`, which gives the functions of a resource, and classes. */
type Exports = Readonly<Record<string, unknown>>

describe('a resource of the SDK that is bundled', () => {
  let load: (resource: string) => Exports
  beforeAll(async () => {
    const getters = resources.map((name) => `'${name}': () => require('twilio/lib/rest/${name}.js')`)
    const {outputFiles} = await build({
      stdin: {contents: `module.exports = {${getters.join(', ')}}`, resolveDir: process.cwd(), loader: 'js'},
      outfile: join(process.cwd(), 'dist-sdk.js'),
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      plugins: [sdkResources, lazyRequires],
      logLevel: 'silent',
    })
    const module = {exports: {} as Readonly<Record<string, () => Exports>>}
    const script = new Script(`(function (module, exports, require) {${outputFiles[0]?.text ?? ''}\n})`)
    const run = script.runInThisContext() as (...args: readonly unknown[]) => void
    run(module, module.exports, (name: string) => process.getBuiltinModule(name))
    load = (resource) => module.exports[resource]?.() ?? {}
  })

  it.each(resources)('is whole: %s', (resource) => {
    const lists = Object.entries(load(resource)).filter(([name]) => name.endsWith('ListInstance'))
    expect(lists).toHaveLength(1)
    const [[, list] = []] = lists as [string, (...args: readonly unknown[]) => Exports][]
    const sid = `AC${'0'.repeat(32)}`
    expect(list?.({domain: {}}, sid, sid, sid)).toHaveProperty('toJSON')
  })
})
