/**
 * Writes test/support/openapi/: the shapes of published OpenAPI documents, which requests and answers of the sandbox are checked against
 * (what FOLDER may be: openapi-documents.mjs). With names of documents only those are written.
 *
 *   node scripts/extract-openapi.mjs FOLDER [accounts_v1 …]
 *   node scripts/extract-openapi.mjs --kore FOLDER
 */
import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {KEPT, METHODS, pick, readJson, readKore, readTwilio, shapesOf} from './openapi-documents.mjs'

/** Whose operations' examples are kept: test/support/openapi.test.ts holds its checks against them. */
const EXAMPLES = {
  api_v2010: /(Account|IncomingPhoneNumber|AvailablePhoneNumber(Local|Mobile|TollFree)|UsageRecord(ThisMonth)?)$/,
  accounts_v1: /AuthToken/,
  iam_v1: /Keys?$/,
  sync_v1: /SyncMap(Item)?$/,
  supersim_v1: /Sim$/,
  wireless_v1: /Sim$/,
  numbers_v2: /Bundle$/,
  pricing_v1: /PhoneNumberCountry$/,
}

const LINE = 120

/** @typedef {import('./openapi-documents.mjs').Json} Json */

const isKore = process.argv[2] === '--kore'
const [folder, ...named] = process.argv.slice(isKore ? 3 : 2)
if (!folder) throw new Error('Which folder? node scripts/extract-openapi.mjs FOLDER [DOCUMENT …], or --kore FOLDER')

await mkdir(KEPT, {recursive: true})
const documents = await (isKore ? readKore(folder) : readTwilio(folder))
const chosen = documents.filter(({name}) => named.length === 0 || named.includes(name))
if (chosen.length === 0) throw new Error(`${folder} has no such document.`)
for (const document of chosen) await write(`${document.name}.json`, shapesOf(document))
if (!isKore) {
  const found = chosen.map(({name, source}) => [
    name,
    examplesOf(source, EXAMPLES[/** @type {keyof typeof EXAMPLES} */ (name)]),
  ])
  await write('examples.json', {
    ...(await readJson(join(KEPT, 'examples.json')).catch(() => ({}))),
    ...Object.fromEntries(found),
  })
}

/**
 * What Twilio shows of some operations, each with the query, the form and the answer.
 * @param {Json} source
 * @param {RegExp} [operations]
 */
function examplesOf({paths}, operations = /^$/) {
  return Object.values(paths)
    .flatMap((path) => Object.values(pick(path, METHODS)))
    .filter(({operationId}) => operations.test(operationId))
    .flatMap(({operationId, parameters = [], requestBody, responses}) =>
      Object.entries(responses).flatMap(([status, {content: bodies}]) =>
        Object.entries(bodies?.['application/json']?.examples ?? {}).map(([title, {value}]) => {
          const query = parameters.flatMap((/** @type {Json} */ {name: key, in: part, examples: shown}) =>
            part === 'query' && shown?.[title] ? [[key, shown[title].value]] : [],
          )
          const form = Object.values(requestBody?.content ?? {})[0]?.examples?.[title]?.value
          return {
            operationId,
            title,
            status: Number(status),
            ...(query.length > 0 && {query: Object.fromEntries(query)}),
            ...(form && {form}),
            answer: value,
          }
        }),
      ),
    )
}

/**
 * @param {string} file
 * @param {unknown} value
 */
async function write(file, value) {
  await writeFile(join(KEPT, file), `${lines(value, '')}\n`)
}

/**
 * As JSON, what fits on a line on one: small, and a change of one property is a change of one line.
 * @param {unknown} value
 * @param {string} indent
 * @returns {string}
 */
function lines(value, indent) {
  const short = JSON.stringify(value)
  if (typeof value !== 'object' || value === null || indent.length + short.length <= LINE) return short
  const inner = `${indent} `
  const [open, close, parts] = Array.isArray(value)
    ? ['[', ']', value.map((item) => lines(item, inner))]
    : ['{', '}', Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${lines(item, inner)}`)]
  return `${open}\n${parts.map((part) => `${inner}${part}`).join(',\n')}\n${indent}${close}`
}
