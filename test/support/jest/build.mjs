/** Makes of the tests, in TypeScript, what Node runs: each test file, and once for all of them what they import of the project. */
import {readFile} from 'node:fs/promises'
import {dirname} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'

import {build} from 'esbuild'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const globals = new URL('globals.mjs', import.meta.url).href

/** @type {import('esbuild').Plugin} */
const asInTheirFolders = {
  name: 'as in their folders',
  setup({onLoad, onResolve}) {
    onResolve({filter: /^@jest\/globals$/}, () => ({path: globals, external: true}))
    onResolve({filter: /^\..*\.[mc]js$/}, ({path, importer}) => ({
      path: new URL(path, pathToFileURL(importer)).href,
      external: true,
    }))
    onLoad({filter: /\/test\/.*\.ts$/}, async ({path}) => ({
      contents: (await readFile(path, 'utf8'))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
      loader: 'ts',
    }))
  },
}

/** @param {string} outdir */
export async function buildTests(outdir) {
  await build({
    absWorkingDir: root,
    entryPoints: ['./test/**/*.test.ts'],
    outbase: root,
    outdir,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    plugins: [asInTheirFolders],
  })
}
