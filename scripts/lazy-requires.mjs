/**
 * oclif and the Twilio SDK are CommonJS that TypeScript wrote: each of their files begins with `const name_1 = require("…")`, and uses
 * what it requires as `name_1.thing`. Here each such require waits until its name is first used: of some 300 files a command needs a
 * quarter. Requires of any other form stay as they are.
 */
import {readFile} from 'node:fs/promises'

const REQUIRE = /^(?:const|var) (\w+_\d+) = ((?:__importDefault\()?require\("[^"]+"\)\)?);$/gm

/** Node's own modules that take milliseconds to load, and that most commands do without. */
const BUILTINS = /^node:(child_process|crypto|fs\/promises)$/

/** What oclif does at each start that takes milliseconds, by its file. */
const QUICKER = new Map([
  // It sorts the commands by the rules of the user's language, and to load those takes longer than to start Node.
  ['config/plugin.js', {from: 'a.id.localeCompare(b.id)', to: '(a.id < b.id ? -1 : 1)'}],
  // It compares Node's version with what package.json wants, a tenth of a start: setting up and `twilio:doctor` do so.
  ['index.js', {from: '\ncheckNodeVersion();', to: ''}],
  // It reads package.json and the manifest, and to start the threads that would do so takes longer than to read them.
  ['util/fs.js', {from: "(0, promises_1.readFile)(path, 'utf8')", to: "(0, node_fs_1.readFileSync)(path, 'utf8')"}],
])

export const lazyRequires = /** @type {import('esbuild').Plugin} */ ({
  name: 'lazy-requires',
  setup(esbuild) {
    esbuild.onLoad({filter: /node_modules[/\\](@oclif[/\\]core|twilio)[/\\]lib[/\\].*\.js$/}, async ({path}) => {
      const code = await readFile(path, 'utf8')
      return {contents: makeRequiresLazy(makeQuicker(code, path)), loader: 'js'}
    })
    esbuild.onResolve({filter: BUILTINS}, ({path}) => ({path, namespace: 'lazy-builtin'}))
    esbuild.onLoad({filter: /./, namespace: 'lazy-builtin'}, async ({path}) => {
      const names = Object.keys(await import(path)).filter((name) => name !== 'default')
      const getters = names.map((name) => `get ${name}() { return require("${path.replace('node:', '')}").${name} }`)
      return {contents: `module.exports = {${getters.join(', ')}}`, loader: 'js'}
    })
  },
})

/** @param {string} code @param {string} path */
function makeQuicker(code, path) {
  const [, file = ''] = /@oclif[/\\]core[/\\]lib[/\\](.+)$/.exec(path) ?? []
  const edit = QUICKER.get(file.replaceAll('\\', '/'))
  if (!edit) return code
  if (code.split(edit.from).length !== 2)
    throw new Error(`oclif's ${file} has changed: look at QUICKER in lazy-requires.mjs`)
  return code.replace(edit.from, edit.to)
}

/** @param {string} code */
export function makeRequiresLazy(code) {
  /** @type {Map<string, string>} */
  const getters = new Map()
  const rest = code.replaceAll(REQUIRE, (_, name, required) => {
    getters.set(
      name,
      `get ${name}() { const value = ${required}; Object.defineProperty(this, "${name}", {value}); return value }`,
    )
    return ''
  })
  if (getters.size === 0) return code
  const used = rest.replaceAll(/(?<![\w$.])\w+_\d+(?=[.[])/g, (name) => (getters.has(name) ? `required.${name}` : name))
  return `var required = {${[...getters.values()].join(', ')}};\n${used}`
}
