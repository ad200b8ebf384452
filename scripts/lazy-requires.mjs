/**
 * oclif and the Twilio SDK are CommonJS that TypeScript wrote: each of their files begins with `const name_1 = require("…")`, and uses
 * what it requires as `name_1.thing`. Here each such require waits until its name is first used: of some 300 files a command needs a
 * quarter. Requires of any other form stay as they are.
 */
import {readFile} from 'node:fs/promises'

const REQUIRE = /^(?:const|var) (\w+_\d+) = ((?:__importDefault\()?require\("[^"]+"\)\)?);$/gm

/** Node's own modules that take milliseconds to load, and that most commands do without. */
const BUILTINS = /^node:(child_process|crypto)$/

/** oclif sorts the commands by the rules of the user's language, and to load those takes longer than to start Node. */
const SLOW_SORT = /(?<=\(a, b\) => )a\.id\.localeCompare\(b\.id\)/

/** oclif's comparison of Node's version with what package.json wants, a tenth of a start: setting up and `twilio:doctor` make it. */
const ENGINE_CHECK = /^checkNodeVersion\(\);$/m

export const lazyRequires = /** @type {import('esbuild').Plugin} */ ({
  name: 'lazy-requires',
  setup(esbuild) {
    esbuild.onLoad({filter: /node_modules[/\\](@oclif[/\\]core|twilio)[/\\]lib[/\\].*\.js$/}, async ({path}) => {
      const code = await readFile(path, 'utf8')
      const quick = code.replace(SLOW_SORT, '(a.id < b.id ? -1 : 1)').replace(ENGINE_CHECK, '')
      return {contents: makeRequiresLazy(quick), loader: 'js'}
    })
    esbuild.onResolve({filter: BUILTINS}, ({path}) => ({path, namespace: 'lazy-builtin'}))
    esbuild.onLoad({filter: /./, namespace: 'lazy-builtin'}, async ({path}) => {
      const names = Object.keys(await import(path)).filter((name) => name !== 'default')
      const getters = names.map((name) => `get ${name}() { return require("${path.replace('node:', '')}").${name} }`)
      return {contents: `module.exports = {${getters.join(', ')}}`, loader: 'js'}
    })
  },
})

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
