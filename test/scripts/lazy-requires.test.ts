import {createRequire} from 'node:module'

import {describe, expect, it} from '@jest/globals'

import {makeRequiresLazy} from '../../scripts/lazy-requires.mjs'

describe('requires of TypeScript’s CommonJS, made lazy', () => {
  /** Runs it with a require that says what it was asked for. */
  function run(code: string): {readonly asked: string[]; readonly result: () => unknown} {
    const asked: string[] = []
    const require = (name: string) => {
      asked.push(name)
      return createRequire(import.meta.url)(name) as unknown
    }
    const module = {exports: {} as {run?: () => unknown}}
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
    new Function('require', 'exports', makeRequiresLazy(code))(require, module.exports)
    return {asked, result: () => module.exports.run?.()}
  }

  it('wait until the name is used, and are done once', () => {
    const {asked, result} = run(`"use strict";
const node_path_1 = require("node:path");
var node_os_1 = require("node:os");
exports.run = () => [(0, node_path_1.join)("a", "b"), node_path_1.sep, new node_path_1["posix"].constructor()].slice(0, 2);
exports.other = () => node_os_1.EOL;`)
    expect(asked).toEqual([])
    expect(result()).toEqual(['a/b', '/'])
    result()
    expect(asked).toEqual(['node:path'])
  })

  it('may have a default', () => {
    const {asked, result} = run(`
var __importDefault = (mod) => ({default: mod});
const node_path_1 = __importDefault(require("node:path"));
exports.run = () => node_path_1.default.join("a", "b");`)
    expect(asked).toEqual([])
    expect(result()).toBe('a/b')
  })

  it('leave every other name and form alone', () => {
    const code = `const path = require("node:path");
const other_1 = thing.node_path_1.x;
__exportStar(require("./all"), exports);`
    expect(makeRequiresLazy(code)).toBe(code)
  })
})
