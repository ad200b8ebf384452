/**
 * Writes test/support/openapi/: the shapes of Twilio's OpenAPI documents, which requests and answers of the sandbox are checked
 * against. Twilio publishes the documents at https://github.com/twilio/twilio-oai, which is far too large to install for them, and
 * later ones in the npm package @twilio/cli-core, now and then. FOLDER is a clone of one or the other, unpacked; with names of
 * documents only those are written anew:
 *
 *   git clone --depth 1 https://github.com/twilio/twilio-oai FOLDER
 *   npm pack @twilio/cli-core && tar xzf twilio-cli-core-*.tgz   (FOLDER is then called package)
 *   node scripts/extract-openapi.mjs FOLDER [accounts_v1 …]
 *
 * KORE, which serves Super SIMs by the same API, publishes documents of its own (https://docs.korewireless.com):
 *
 *   node scripts/extract-openapi.mjs --kore FOLDER
 */
import {existsSync} from 'node:fs'
import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

/** The documents, and whose operations' examples are kept: test/support/openapi.test.ts holds its checks against them. */
const DOCUMENTS = {
  api_v2010: /(Account|IncomingPhoneNumber|AvailablePhoneNumber(Local|Mobile|TollFree)|UsageRecord(ThisMonth)?)$/,
  accounts_v1: /AuthToken/,
  iam_v1: /Keys?$/,
  sync_v1: /SyncMap(Item)?$/,
  supersim_v1: /Sim$/,
  wireless_v1: /Sim$/,
  numbers_v2: /Bundle$/,
  pricing_v1: /PhoneNumberCountry$/,
  pricing_v2: /^$/,
  messaging_v1: /^$/,
  trusthub_v1: /^$/,
}

/** KORE's, by what they are called here; `base` is the part of the server's address that is a path. */
const KORE_DOCUMENTS = {
  kore_supersim_v1: {file: 'kore-supersim-v1.json', base: ''},
  kore_token_v1: {file: 'kore_token_api_v1.json', base: '/api-services'},
  kore_iam_v1: {file: 'kore-iam-v1.json', base: ''},
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const SHAPE = new Set(
  '$ref type format nullable enum pattern minLength maxLength minimum maximum minItems maxItems items properties required'.split(
    ' ',
  ),
)
const PROSE = /^(description|title|default|example|additionalProperties|x-.*)$/
const LINE = 120

/** @typedef {{[key: string]: any}} Json as it is in the documents */

const isKore = process.argv[2] === '--kore'
const [folder, ...named] = process.argv.slice(isKore ? 3 : 2)
if (!folder) throw new Error('Which folder? node scripts/extract-openapi.mjs FOLDER [DOCUMENT …], or --kore FOLDER')
const target = fileURLToPath(new URL('../test/support/openapi/', import.meta.url))

await mkdir(target, {recursive: true})
await (isKore ? extractKore(folder) : extractTwilio(folder))

/** @param {string} from */
async function extractTwilio(from) {
  const {version, documents} = await openFolder(from)
  /** @type {Json} */
  const examples = named.length > 0 ? await readJson(join(target, 'examples.json')) : {}
  for (const [document, operations] of Object.entries(DOCUMENTS)) {
    if (named.length > 0 && !named.includes(document)) continue
    const source = await readJson(join(documents, `twilio_${document}.json`))
    await write(`${document}.json`, {'x-source': version, ...shapesOf(source)})
    examples[document] = examplesOf(source, operations)
  }
  await write('examples.json', examples)
}

/**
 * Where the documents are in a clone of twilio-oai or in the package, and which they are.
 * @param {string} from
 * @returns {Promise<{version: string, documents: string}>}
 */
async function openFolder(from) {
  const inPackage = join(from, 'src/services/twilio-api')
  if (existsSync(inPackage)) {
    const {name, version} = await readJson(join(from, 'package.json'))
    return {version: `${name} ${version}`, documents: inPackage}
  }
  const changes = await readFile(join(from, 'CHANGES.md'), 'utf8')
  const [, date, release] = /^\[([\d-]+)\] Version (\S+)/m.exec(changes) ?? []
  return {version: `twilio-oai ${release} of ${date}`, documents: join(from, 'spec/json')}
}

/** @param {string} from */
async function extractKore(from) {
  for (const [document, {file, base}] of Object.entries(KORE_DOCUMENTS)) {
    const source = await readJson(join(from, file))
    const {paths, ...rest} = shapesOf(source)
    const based = Object.fromEntries(Object.entries(paths).map(([path, value]) => [base + path, value]))
    await write(`${document}.json`, {'x-source': source.servers[0].url, ...rest, paths: based})
  }
}

/** @param {Json} source */
function shapesOf({openapi, info, paths: described, components}) {
  const paths = mapValues(described, (path) => mapValues(pick(path, METHODS), (each) => operation(each, components)))
  return {
    openapi,
    info: {version: info.version, license: info.license},
    paths,
    components: {schemas: mapValues(pick(components.schemas, referredTo(paths, components.schemas)), schemaOf)},
  }
}

/**
 * The schemas that operations refer to, in the order in which they are described.
 * @param {unknown} paths
 * @param {Json} schemas
 */
function referredTo(paths, schemas) {
  /** @type {Set<string>} */
  const found = new Set()
  /** @param {unknown} part */
  const visit = (part) => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (found.has(name)) continue
      found.add(name)
      visit(schemas[name])
    }
  }
  visit(paths)
  return Object.keys(schemas).filter((name) => found.has(name))
}

/**
 * @param {Json} source
 * @param {Json} components where parameters may be described once for all operations
 */
function operation({operationId = 'unnamed', parameters = [], requestBody, responses}, components) {
  return {
    operationId,
    parameters: parameters
      .map((/** @type {Json} */ each) => (each.$ref ? components.parameters[each.$ref.split('/').at(-1)] : each))
      .map((/** @type {Json} */ {name: key, in: part, required, schema}) => ({
        name: key,
        in: part,
        ...(required && {required}),
        schema: schemaOf(schema),
      })),
    ...(requestBody && {requestBody: content(requestBody)}),
    responses: mapValues(responses, content),
  }
}

/** @param {Json} source */
function content({content: bodies}) {
  return bodies ? {content: mapValues(bodies, ({schema}) => ({schema: schemaOf(schema)}))} : {}
}

/**
 * @param {Json} schema
 * @returns {Json}
 */
function schemaOf(schema) {
  // An operation that has a newer version answers in the older one unless the newer is asked for.
  if (schema.oneOf) return schemaOf(schema.oneOf[0])
  const strange = Object.keys(schema).find((key) => !SHAPE.has(key) && !PROSE.test(key))
  if (strange) throw new Error(`A schema has ${strange}: is that a shape or prose? Say so in SHAPE or PROSE.`)
  return {
    ...pick(schema, [...SHAPE]),
    ...(schema.items && {items: schemaOf(schema.items)}),
    ...(schema.properties && {properties: mapValues(schema.properties, schemaOf)}),
  }
}

/**
 * What Twilio shows of some operations, each with the query, the form and the answer.
 * @param {Json} source
 * @param {RegExp} operations
 */
function examplesOf({paths}, operations) {
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
 * @param {Json} object
 * @param {(value: any) => unknown} change
 */
function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
}

/**
 * @param {Json} object
 * @param {readonly string[]} keys
 * @returns {Json}
 */
function pick(object, keys) {
  return Object.fromEntries(keys.filter((key) => object[key] !== undefined).map((key) => [key, object[key]]))
}

/**
 * @param {string} path
 * @returns {Promise<Json>}
 */
async function readJson(path) {
  return JSON.parse(await readFile(path, 'utf8'))
}

/**
 * @param {string} file
 * @param {unknown} value
 */
async function write(file, value) {
  await writeFile(join(target, file), `${lines(value, '')}\n`)
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
