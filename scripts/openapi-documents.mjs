/**
 * OpenAPI documents as they are published, and what of them is kept in test/support/openapi: the shapes of operations.
 *
 * Twilio's are at https://github.com/twilio/twilio-oai, which is far too large to install for them, and later ones in the npm package
 * @twilio/cli-core, now and then. FOLDER is one of both:
 *
 *   git clone --depth 1 https://github.com/twilio/twilio-oai FOLDER
 *   npm pack @twilio/cli-core && tar xzf twilio-cli-core-*.tgz   (FOLDER is then called package)
 *
 * KORE, which serves Super SIMs by the same API, publishes documents of its own (https://docs.korewireless.com).
 */
import {existsSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

/** Where what is kept is. */
export const KEPT = fileURLToPath(new URL('../test/support/openapi/', import.meta.url))

const DOCUMENTS = [
  'api_v2010',
  'accounts_v1',
  'iam_v1',
  'sync_v1',
  'supersim_v1',
  'wireless_v1',
  'numbers_v2',
  'pricing_v1',
  'pricing_v2',
  'messaging_v1',
  'trusthub_v1',
]

/** By what they are called here; `base` is the part of the server's address that is a path. */
const KORE_DOCUMENTS = {
  kore_supersim_v1: {file: 'kore-supersim-v1.json', base: ''},
  kore_token_v1: {file: 'kore_token_api_v1.json', base: '/api-services'},
  kore_iam_v1: {file: 'kore-iam-v1.json', base: ''},
}

export const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const SHAPE = new Set(
  '$ref type format nullable enum pattern minLength maxLength minimum maximum minItems maxItems items properties required'.split(
    ' ',
  ),
)
const PROSE = /^(description|title|default|example|additionalProperties|x-.*)$/

/** @typedef {{[key: string]: any}} Json as it is in the documents */
/** @typedef {{name: string, version: string, source: Json, base: string}} Published */

/**
 * The documents of a folder, without those that it does not have.
 * @param {string} folder
 * @returns {Promise<Published[]>}
 */
export async function readTwilio(folder) {
  const {version, documents} = await openFolder(folder)
  return present(DOCUMENTS, async (name) => {
    return {name, version, source: await readJson(join(documents, `twilio_${name}.json`)), base: ''}
  })
}

/**
 * The same of KORE's.
 * @param {string} folder
 * @returns {Promise<Published[]>}
 */
export async function readKore(folder) {
  return present(Object.entries(KORE_DOCUMENTS), async ([name, {file, base}]) => {
    const source = await readJson(join(folder, file))
    return {name, version: source.servers[0].url, source, base}
  })
}

/** Where the documents are, and which they are. @param {string} folder */
async function openFolder(folder) {
  const inPackage = join(folder, 'src/services/twilio-api')
  if (existsSync(inPackage)) {
    const {name, version} = await readJson(join(folder, 'package.json'))
    return {version: `${name} ${version}`, documents: inPackage}
  }
  const changes = await readFile(join(folder, 'CHANGES.md'), 'utf8')
  const [, date, release] = /^\[([\d-]+)\] Version (\S+)/m.exec(changes) ?? []
  return {version: `twilio-oai ${release} of ${date}`, documents: join(folder, 'spec/json')}
}

/**
 * @template T
 * @param {readonly T[]} all
 * @param {(each: T) => Promise<Published>} read
 */
async function present(all, read) {
  const found = await Promise.all(
    all.map(async (each) => {
      try {
        return [await read(each)]
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return []
        throw error
      }
    }),
  )
  return found.flat()
}

/** What is kept of a document. @param {Published} published @returns {Json} */
export function shapesOf({version, source: {openapi, info, paths: described, components}, base}) {
  const shapes = mapValues(described, (path) => mapValues(pick(path, METHODS), (each) => operation(each, components)))
  const paths = Object.fromEntries(Object.entries(shapes).map(([path, value]) => [base + path, value]))
  return {
    'x-source': version,
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
export function pick(object, keys) {
  return Object.fromEntries(keys.filter((key) => object[key] !== undefined).map((key) => [key, object[key]]))
}

/**
 * @param {string} path
 * @returns {Promise<Json>}
 */
export async function readJson(path) {
  return JSON.parse(await readFile(path, 'utf8'))
}
