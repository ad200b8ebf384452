/** Bundles src into dist/ (what npm installs and bin/run.js loads), then writes the oclif manifest. */
import {rename, rm, writeFile} from 'node:fs/promises'
import {createRequire} from 'node:module'
import {build} from 'esbuild'

const root = new URL('..', import.meta.url).pathname
const {dependencies} = createRequire(import.meta.url)('../package.json')

/**
 * The SDK's own HTTP client (axios and its proxy agent) is never used: src/lib/twilio hands the SDK our transport.
 * Leaving it out of the bundle halves the time it takes to load the SDK (bench/).
 */
const withoutSdkHttpClient = {
  name: 'without-sdk-http-client',
  setup(esbuild) {
    esbuild.onLoad({filter: /twilio[/\\]lib[/\\]base[/\\]RequestClient\.js$/}, () => ({
      contents: 'module.exports = class { constructor() { throw new Error("aka-twilio sends requests itself") } }',
      loader: 'js',
    }))
  },
}

// Built beside and then swapped in, so that a command that starts meanwhile finds the old or the new, not a half.
const fresh = `dist-${process.pid}`
await build({
  absWorkingDir: root,
  entryPoints: ['src/commands.ts'],
  outdir: fresh,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  chunkNames: 'chunks/[name]-[hash]',
  // Bundled, the SDK loads twice as fast; the others gain nothing from it.
  external: Object.keys(dependencies).filter((name) => name !== 'twilio'),
  banner: {js: "import {createRequire} from 'node:module'; const require = createRequire(import.meta.url);"},
  plugins: [withoutSdkHttpClient],
  logLevel: 'warning',
})
await writeFile(`${root}/${fresh}/package.json`, '{"type": "module"}\n')
await rename(`${root}/dist`, `${root}/${fresh}-old`).catch(() => undefined)
await rename(`${root}/${fresh}`, `${root}/dist`)
await rm(`${root}/${fresh}-old`, {recursive: true, force: true})

const {Plugin} = await import('@oclif/core')
const plugin = new Plugin({root, ignoreManifest: true, errorOnManifestCreate: true})
await plugin.load()
await writeFile(`${root}/${fresh}.json`, `${JSON.stringify(plugin.manifest, null, 2)}\n`)
await rename(`${root}/${fresh}.json`, `${root}/oclif.manifest.json`)
