/** Bundles src into dist/ (what npm installs and bin/run.js loads), then writes the oclif manifest and what index.js reads. */
import {mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises'
import {dirname, join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'

import {build} from 'esbuild'

import {thirdPartyLicenses} from './licenses.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

/**
 * The SDK's own HTTP client (axios and its proxy agent) is never used: src/lib/twilio hands the SDK our transport.
 * Leaving it out of the bundle halves the time it takes to load the SDK (bench/).
 */
const withoutSdkHttpClient = /** @type {import('esbuild').Plugin} */ ({
  name: 'without-sdk-http-client',
  setup(esbuild) {
    esbuild.onLoad({filter: /twilio[/\\]lib[/\\]base[/\\]RequestClient\.js$/}, () => ({
      contents: 'module.exports = class { constructor() { throw new Error("aka-twilio sends requests itself") } }',
      loader: 'js',
    }))
  },
})

/**
 * conf's atomically brings when-exit, which raises SIGINT and SIGTERM a second time: one Ctrl-C would count as two. What it
 * is there for, removing drafts of a write that was interrupted, is not worth that.
 */
const withoutSecondSignal = /** @type {import('esbuild').Plugin} */ ({
  name: 'without-second-signal',
  setup(esbuild) {
    esbuild.onLoad({filter: /when-exit[/\\]dist[/\\]node[/\\]index\.js$/}, () => ({
      contents: 'export default () => () => undefined',
      loader: 'js',
    }))
  },
})

const common = /** @satisfies {import('esbuild').BuildOptions} */ ({
  absWorkingDir: root,
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifyWhitespace: true,
  logLevel: 'warning',
  write: false,
  metafile: true,
})

const bundles = await Promise.all([
  build({
    ...common,
    entryPoints: ['src/commands/**/*.ts', 'src/run.ts', 'src/aka/run.ts'],
    splitting: true,
    format: 'esm',
    chunkNames: 'chunks/[name]-[hash]',
    // oclif asks for it while developing, and gets on without.
    external: ['typescript'],
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
    plugins: [withoutSdkHttpClient, withoutSecondSignal],
  }),
  // What aka loads on every one of its commands: small, and CommonJS as it wants it.
  build({
    ...common,
    entryPoints: ['src/aka/plugin.ts'],
    format: 'cjs',
    outExtension: {'.js': '.cjs'},
    external: ['./run.js'],
  }),
])
const licenses = await thirdPartyLicenses(
  root,
  bundles.map(({metafile}) => metafile),
)
const files = bundles
  .flatMap(({outputFiles}) => outputFiles ?? [])
  .map(({path, contents}) => ({path: relative(dist, path), contents}))

// A command that starts meanwhile must find the old build or the new one. Chunks are named after what is in them: they are
// written before the entries that ask for them, and the last build's stay for the commands that have begun.
files.sort((a, b) => Number(isChunk(b.path)) - Number(isChunk(a.path)))
const paths = files.map(({path}) => path)
/** @type {{now: string[], before: string[]}} */
const earlier = await readFile(join(dist, 'files.json'), 'utf8').then(JSON.parse, () => ({now: [], before: []}))
await write('dist/package.json', '{"type": "module"}\n')
for (const {path, contents} of files) await write(join('dist', path), contents)
await remove(earlier.now.filter((path) => !isChunk(path) && !paths.includes(path)))
await write('dist/THIRD-PARTY-LICENSES.txt', licenses)

const {Plugin} = await import('@oclif/core')
const plugin = new Plugin({root, ignoreManifest: true, errorOnManifestCreate: true})
await plugin.load()
await write('oclif.manifest.json', `${JSON.stringify(plugin.manifest, null, 2)}\n`)
await write('dist/aka/commands.json', JSON.stringify(forAka(plugin.manifest)))

const replaced = earlier.now.filter((path) => isChunk(path) && !paths.includes(path))
const before = replaced.length > 0 ? replaced : earlier.before
await write('dist/files.json', JSON.stringify({now: paths, before}))
await remove(earlier.before.filter((path) => !paths.includes(path) && !before.includes(path)))

/**
 * Whole or not at all.
 * @param {string} path
 * @param {string | Uint8Array} contents
 */
async function write(path, contents) {
  const target = join(root, path)
  await mkdir(dirname(target), {recursive: true})
  const draft = `${target}.${process.pid}.tmp`
  await writeFile(draft, contents)
  await rename(draft, target)
}

/** @param {readonly string[]} old */
async function remove(old) {
  await Promise.all(old.map((path) => rm(join(dist, path), {force: true})))
}

/** @param {string} path */
function isChunk(path) {
  return path.startsWith('chunks')
}

/**
 * What aka must know of each command: its names, a summary, and its flags for help and for telling a flag's value from an argument.
 * @param {import('@oclif/core/interfaces').Manifest} manifest
 */
function forAka({version, commands}) {
  const shown = Object.values(commands).filter(({hidden}) => !hidden)
  return {
    version,
    commands: shown.map(({id, aliases, hiddenAliases, summary, flags, args}) => ({
      id,
      names: [id, ...aliases, ...hiddenAliases],
      summary,
      args: Object.values(args).map(({name, required}) =>
        required ? `<${name.toUpperCase()}>` : `[${name.toUpperCase()}]`,
      ),
      flags: Object.values(flags)
        .filter(({hidden}) => !hidden)
        .map((flag) => ({
          name: flag.name,
          ...(flag.char && {char: flag.char}),
          boolean: flag.type === 'boolean',
          ...(flag.type === 'boolean' && flag.allowNo && {allowNo: true}),
          description: flag.summary ?? flag.description,
        })),
    })),
  }
}
