/**
 * Writes docs/schemas/: a JSON schema of what each command prints with --json, from the type that its `run` returns, and error.json;
 * and the list of them in docs/json.md. With --check it writes nothing, and fails when anything is not as it would be written.
 */
import {mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'

import {format, resolveConfig} from 'prettier'
// Version 2.4: later ones want Node 22.
import {createFormatter, createParser, DEFAULT_CONFIG, SchemaGenerator} from 'ts-json-schema-generator'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'docs', 'schemas')
const contract = join(root, 'docs', 'json.md')
const commandFolder = join(root, 'src', 'commands')

const program = ts.createProgram({
  rootNames: [...(await filesIn(commandFolder)), join(root, 'src', 'lib', 'error-document.ts')],
  options: readOptions(),
})
const checker = program.getTypeChecker()
const config = /** @type {const} */ ({
  ...DEFAULT_CONFIG,
  expose: 'all',
  topRef: false,
  jsDoc: 'extended',
  sortProps: false,
  additionalProperties: false,
})
const generator = new SchemaGenerator(program, createParser(program, config), createFormatter(config), config)

/** @type {Map<string, {title: string, description?: string}>} */
const schemas = new Map([
  ['error.json', schemaOf('any command that fails', typeIn('src/lib/error-document.ts', 'ErrorDocument'))],
])
for (const file of await filesIn(commandFolder)) {
  const id = idOf(file)
  schemas.set(`${id.replaceAll(':', '-')}.json`, schemaOf(`aka ${id}`, resultOf(file)))
}

const onDisk = await readdir(folder).catch(() => [])
const removed = onDisk.filter((name) => !schemas.has(name))
const changed = []
for (const [path = '', draft = ''] of [
  ...[...schemas].map(([name, schema]) => [join(folder, name), JSON.stringify(schema)]),
  [contract, await withList(contract)],
]) {
  const text = await format(draft, {...(await resolveConfig(path)), filepath: path})
  if ((await readFile(path, 'utf8').catch(() => '')) !== text) changed.push({path, text})
}
if (!process.argv.includes('--check')) {
  await mkdir(folder, {recursive: true})
  for (const {path, text} of changed) await writeFile(path, text)
  for (const name of removed) await rm(join(folder, name))
} else if (changed.length + removed.length > 0) {
  const names = [...changed.map(({path}) => relative(root, path)), ...removed.map((name) => `docs/schemas/${name}`)]
  console.error(`Out of date: ${names.join(', ')}. To update them: npm run schemas`)
  process.exitCode = 1
}

/** docs/json.md with a line for each command. @param {string} path */
async function withList(path) {
  const rows = [...schemas].map(
    ([name, {title, description = ''}]) => `| [\`${title}\`](schemas/${name}) | ${description} |`,
  )
  const [before = '', rest = ''] = (await readFile(path, 'utf8')).split('<!-- documents -->')
  const [, after = ''] = rest.split('<!-- documentsstop -->')
  const table = ['| command | document |', '| --- | --- |', ...rows].join('\n')
  return `${before}<!-- documents -->\n\n${table}\n\n<!-- documentsstop -->${after}`
}

/** @param {string} title @param {ts.Declaration} declaration */
function schemaOf(title, declaration) {
  try {
    const {$schema, ...schema} = generator.createSchemaFromNodes([declaration])
    return {$schema, title, ...withSandbox(withoutGenerics(schema))}
  } catch (error) {
    // Not thrown on: Node would print its properties, which are the whole program.
    console.error(`${title}: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
}

/**
 * The generator gives `Readonly<Record<…>>` a definition of its own, of a name that nobody can read: it is put where it is used.
 * @param {import('ts-json-schema-generator').Schema} schema
 */
function withoutGenerics({definitions = {}, ...schema}) {
  /** @type {(value: unknown) => unknown} */
  const inline = (value) => {
    if (Array.isArray(value)) return value.map(inline)
    if (typeof value !== 'object' || value === null) return value
    const {$ref, ...others} = /** @type {Record<string, unknown>} */ (value)
    const name = typeof $ref === 'string' ? decodeURIComponent($ref.replace('#/definitions/', '')) : ''
    const rest = Object.fromEntries(Object.entries(others).map(([key, each]) => [key, inline(each)]))
    if (name === '' || isName(name)) return {...($ref !== undefined && {$ref}), ...rest}
    return {.../** @type {object} */ (inline(definitions[name])), ...rest}
  }
  const named = Object.entries(definitions).filter(([name]) => isName(name))
  return {
    .../** @type {object} */ (inline(schema)),
    ...(named.length > 0 && {definitions: Object.fromEntries(named.map(([name, each]) => [name, inline(each)]))}),
  }
}

/**
 * What every document has in the sandbox, where the base of all commands adds it (src/cli/sandbox.ts).
 * @typedef {{$ref?: string, properties?: object, anyOf?: Described[], definitions?: Record<string, unknown>}} Described
 * @param {Described} schema
 * @returns {Described}
 */
function withSandbox(schema) {
  const sandbox = {const: true, description: 'Only in the sandbox: nothing of this is on Twilio or Akkeris.'}
  if (schema.properties) return {...schema, properties: {sandbox, ...schema.properties}}
  const definitions = {...schema.definitions}
  for (const {$ref = ''} of schema.anyOf ?? []) {
    const name = $ref.replace('#/definitions/', '')
    if (JSON.stringify(schema).split(`"${$ref}"`).length !== 2) throw new Error(`${name} is part of another document`)
    const one = /** @type {Described} */ (definitions[name])
    definitions[name] = {...one, properties: {sandbox, ...one.properties}}
  }
  return {...schema, definitions}
}

/** @param {string} name */
function isName(name) {
  return /^\w+$/.test(name)
}

/** The type that a command's `run` promises. @param {string} file */
function resultOf(file) {
  const module = checker.getSymbolAtLocation(sourceOf(file))
  const command = module && checker.tryGetMemberInModuleExports('default', module)
  const run = command && checker.getDeclaredTypeOfSymbol(command).getProperty('run')
  const [signature] = run ? checker.getTypeOfSymbol(run).getCallSignatures() : []
  const promised = signature && checker.getAwaitedType(signature.getReturnType())
  // One that prints its document before it ends returns nothing then.
  const result = promised && checker.getNonNullableType(promised)
  const declaration = (result?.aliasSymbol ?? result?.getSymbol())?.declarations?.[0]
  if (declaration && (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)))
    return declaration
  throw new Error(
    `${file}: run is to promise an interface or a type alias, not ${checker.typeToString(promised ?? checker.getAnyType())}`,
  )
}

/** @param {string} file @param {string} name */
function typeIn(file, name) {
  const module = checker.getSymbolAtLocation(sourceOf(join(root, file)))
  const declaration = module && checker.tryGetMemberInModuleExports(name, module)?.declarations?.[0]
  if (!declaration) throw new Error(`${file} exports no ${name}`)
  return declaration
}

/** @param {string} file */
function sourceOf(file) {
  const source = program.getSourceFile(file)
  if (!source) throw new Error(`${file} is not part of the program`)
  return source
}

/** `twilio:sims` for src/commands/twilio/sims/index.ts. @param {string} file */
function idOf(file) {
  const path = file.slice(commandFolder.length + 1).replace(/([\\/]index)?\.ts$/, '')
  return path.split(/[\\/]/).join(':')
}

/** @param {string} path */
async function filesIn(path) {
  const names = await readdir(path, {recursive: true})
  return names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(path, name))
    .sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
}

function readOptions() {
  const {config: read, error} = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path))
  if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'))
  return ts.parseJsonConfigFileContent(read, ts.sys, root).options
}
