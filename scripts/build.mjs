/** Bundles src into dist/ (what npm installs and bin/run.js loads), then writes the oclif manifest. */
import {rename, rm, writeFile} from 'node:fs/promises'
import {fileURLToPath} from 'node:url'

import {build} from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

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
  entryPoints: ['src/commands.ts', 'src/run.ts'],
  outdir: fresh,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  chunkNames: 'chunks/[name]-[hash]',
  // oclif asks for it while developing, and gets on without.
  external: ['typescript'],
  minifyWhitespace: true,
  // What CommonJS packages expect to find; under names that nobody else imports.
  banner: {
    js: [
      "import {createRequire as bundleCreateRequire} from 'node:module'",
      "import {fileURLToPath as bundleFileURLToPath} from 'node:url'",
      'const require = bundleCreateRequire(import.meta.url)',
      'const __filename = bundleFileURLToPath(import.meta.url)',
      "const __dirname = bundleFileURLToPath(new URL('.', import.meta.url));",
    ].join(';'),
  },
  plugins: [withoutSdkHttpClient],
  logLevel: 'warning',
})
await writeFile(`${root}${fresh}/package.json`, '{"type": "module"}\n')
await rename(`${root}dist`, `${root}${fresh}-old`).catch(() => undefined)
await rename(`${root}${fresh}`, `${root}dist`)
await rm(`${root}${fresh}-old`, {recursive: true, force: true})

const {Plugin} = await import('@oclif/core')
const plugin = new Plugin({root, ignoreManifest: true, errorOnManifestCreate: true})
await plugin.load()
await writeFile(`${root}${fresh}.json`, `${JSON.stringify(plugin.manifest, null, 2)}\n`)
await rename(`${root}${fresh}.json`, `${root}oclif.manifest.json`)
