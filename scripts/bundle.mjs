/** What goes into dist/main.js and dist/aka/plugin.cjs, and how: esbuild, with less of some packages and each module when it is needed. */
import {readdir} from 'node:fs/promises'
import {join} from 'node:path'

import {build} from 'esbuild'

import {lazyRequires} from './lazy-requires.mjs'
import {sdkResources} from './sdk-resources.mjs'

const common = /** @satisfies {import('esbuild').BuildOptions} */ ({
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Not the names: with shorter ones it is no faster, and stack traces cannot be read.
  minifyWhitespace: true,
  minifySyntax: true,
  // All of them are in THIRD-PARTY-LICENSES.txt.
  legalComments: 'none',
  logLevel: 'warning',
  write: false,
  metafile: true,
})

/** Code of packages that is never called, and what stands in its place. */
export const replaced = /** @type {const} */ ([
  // The SDK's own HTTP client (axios): src/lib/twilio hands the SDK our transport.
  [
    /twilio[/\\]lib[/\\]base[/\\]RequestClient\.js$/,
    'module.exports = class { constructor() { throw new Error("aka-twilio sends requests itself") } }',
  ],
  // conf's atomically brings it, and it raises SIGINT and SIGTERM a second time: one Ctrl-C would count as two. What it is there
  // for, removing drafts of a write that was interrupted, is not worth that.
  [/when-exit[/\\]dist[/\\]node[/\\]index\.js$/, 'export default () => () => undefined'],
  // Prompts that open an editor, with half a megabyte of character sets.
  [
    /@inquirer[/\\]external-editor[/\\]dist[/\\]index\.js$/,
    'export const editAsync = () => { throw new Error("aka-twilio opens no editor") }',
  ],
  // Who starts this on Windows' Linux: oclif keeps the answer for plugins, and nothing here asks.
  [/wsl-utils[/\\]index\.js$/, 'export const isWsl = false'],
  // How oclif finds commands and plugins by patterns: the commands are in the bundle, and there are no plugins.
  [
    /node_modules[/\\]tinyglobby[/\\]dist[/\\]index\.cjs$/,
    'exports.glob = () => { throw new Error("aka-twilio looks for no commands") }',
  ],
  [
    /node_modules[/\\]minimatch[/\\]dist[/\\].*index\.js$/,
    'exports.minimatch = () => { throw new Error("aka-twilio has no plugins") }',
  ],
])

const withoutUnused = /** @type {import('esbuild').Plugin} */ ({
  name: 'without-unused',
  setup(esbuild) {
    for (const [filter, contents] of replaced) esbuild.onLoad({filter}, () => ({contents, loader: 'js'}))
  },
})

/**
 * All commands in one file: it is read at once, a run is never left with files of two builds, and what V8 compiled of it can be
 * kept as a whole (bin/load-bundle.js, which is why it is a function that gets what Node gives to a module).
 * @param {string} root
 */
export async function bundleCommands(root) {
  return build({
    ...common,
    absWorkingDir: root,
    stdin: {contents: await entry(root), resolveDir: root, loader: 'js'},
    outfile: 'dist/main.js',
    banner: {js: '(function (exports, require, module, __filename, __dirname) {'},
    footer: {js: '})'},
    // import() of what is in the file evaluates it then; that of Node's own modules becomes require(), which any script has.
    supported: {'dynamic-import': false},
    // oclif asks for it while developing, and gets on without.
    external: ['typescript'],
    plugins: [withoutUnused, sdkResources, lazyRequires],
  })
}

/** What aka loads on every one of its commands: small, and CommonJS as it wants it. @param {string} root */
export async function bundlePlugin(root) {
  return build({
    ...common,
    absWorkingDir: root,
    entryPoints: ['src/aka/plugin.ts'],
    outfile: 'dist/aka/plugin.cjs',
    external: ['*/bin/load-bundle.js'],
  })
}

/** The commands as oclif's strategy "explicit" wants them, evaluated only when one is asked for. @param {string} root */
async function entry(root) {
  const files = (await readdir(join(root, 'src', 'commands'), {recursive: true})).filter((file) => file.endsWith('.ts'))
  const getters = files.map((file) => {
    const path = file.replaceAll('\\', '/')
    const id = path.replace(/(\/index)?\.ts$/, '').replaceAll('/', ':')
    return `get '${id}'() { return require('./src/commands/${path}').default }`
  })
  return `export * from './src/main.js'\nexport const COMMANDS = {${getters.sort().join(', ')}}`
}
