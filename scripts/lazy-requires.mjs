/**
 * oclif and the Twilio SDK are CommonJS that TypeScript wrote: each of their files begins with `const name_1 = require("…")`, and uses
 * what it requires as `name_1.thing`. Here each such require waits until its name is first used: of some 300 files a command needs a
 * quarter. Requires of any other form stay as they are.
 */
import {readFile} from 'node:fs/promises'

const REQUIRE = /^(?:const|var) (\w+_\d+) = ((?:__importDefault\()?require\("[^"]+"\)\)?);$/gm

export const lazyRequires = /** @type {import('esbuild').Plugin} */ ({
  name: 'lazy-requires',
  setup(esbuild) {
    esbuild.onLoad({filter: /node_modules[/\\](@oclif[/\\]core|twilio)[/\\]lib[/\\].*\.js$/}, async ({path}) => ({
      contents: makeRequiresLazy(await readFile(path, 'utf8')),
      loader: 'js',
    }))
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
