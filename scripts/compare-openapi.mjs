/**
 * Says what newer OpenAPI documents change of the operations that the sandbox has, among which is every one that the commands use:
 * parameters, fields of forms and answers, what is required, and what values are allowed. It exits with 1 where anything does, and
 * names new operations as well (what FOLDER may be: openapi-documents.mjs).
 *
 *   npm run compare:api -- FOLDER
 *   npm run compare:api -- --kore FOLDER
 */
import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {build} from 'esbuild'

import {differences, operationKey} from './openapi-differences.mjs'
import {KEPT, readJson, readKore, readTwilio, shapesOf} from './openapi-documents.mjs'

const isKore = process.argv[2] === '--kore'
const folder = process.argv[isKore ? 3 : 2]
if (!folder) throw new Error('Which folder? npm run compare:api -- FOLDER, or -- --kore FOLDER')

const isUsed = await sandboxOperations()
const documents = await (isKore ? readKore(folder) : readTwilio(folder))
const kept = (await readdir(KEPT))
  .map((file) => /^(\w+_v\d+)\.json$/.exec(file)?.[1] ?? '')
  .filter((name) => name && name.startsWith('kore_') === isKore)

let count = 0
for (const name of kept) {
  const newer = documents.find((each) => each.name === name)
  const older = await readJson(join(KEPT, `${name}.json`))
  if (!newer) {
    console.log(`${name}: not in ${folder}`)
    count += 1
    continue
  }
  const found = differences(older, shapesOf(newer), (key) => isUsed(name, key))
  const {changed, gone, added} = found
  const isSame = changed.length + gone.length + added.length === 0
  const versions = older['x-source'] === newer.version ? newer.version : `${older['x-source']}, now ${newer.version}`
  console.log(`${name} (${versions})${isSame ? ': the same' : ''}`)
  for (const {method, path, changes} of changed)
    console.log([`  changed: ${method} ${path}`, ...changes.map((change) => `    ${change}`)].join('\n'))
  for (const {method, path} of gone) console.log(`  gone: ${method} ${path}`)
  for (const {method, path} of added) console.log(`  new, which the sandbox does not have: ${method} ${path}`)
  count += changed.length + gone.length
}

console.log(
  count === 0
    ? '\nNothing changes of what the sandbox has.'
    : `\n${count} ${count === 1 ? 'difference' : 'differences'} in what the sandbox has. Next: node scripts/extract-openapi.mjs, then the sandbox.`,
)
process.exitCode = count === 0 ? 0 : 1

/** @returns {Promise<(document: string, key: string) => boolean>} */
async function sandboxOperations() {
  const {outputFiles} = await build({
    stdin: {
      contents: `
        export * as routes from './src/sandbox/twilio/routes.ts'
        export {notEmulated} from './src/sandbox/http/errors.ts'`,
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
  })
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')
  const {routes, notEmulated} = await import(`data:text/javascript;base64,${code}`)
  const keys = new Set(
    Object.values(routes)
      .flat()
      .filter(({handle}) => handle !== notEmulated)
      .map(({product, method, path}) => `${product} ${operationKey(method, path)}`),
  )
  return (document, key) => {
    const [product = ''] = document.replace('kore_', '').split('_')
    // What KORE serves beside SIMs is in documents of its own, of which everything is used.
    if (document.startsWith('kore_') && product !== 'supersim') return true
    return keys.has(`${product} ${key}`) || keys.has(`${product} ${anyType(key)}`)
  }
}

/** One route is for all types of numbers that are for sale. @param {string} key */
function anyType(key) {
  return key.replace(/(AvailablePhoneNumbers\/\{\}\/)\w+/, '$1{}')
}
