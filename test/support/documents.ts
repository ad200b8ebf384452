import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {Ajv, type ValidateFunction} from 'ajv'

import type {Finished} from './cli.js'
import {COMPILED_FAST} from './json-schema.js'

interface Manifest {
  readonly commands: Readonly<
    Record<string, {readonly aliases: readonly string[]; readonly hiddenAliases: readonly string[]}>
  >
}

const ajv = new Ajv({...COMPILED_FAST, allErrors: true, allowUnionTypes: true})
const validators = new Map<string, ValidateFunction>()
let ids: ReadonlyMap<string, string> | undefined

/**
 * What a command printed with --json must be as docs/schemas/ says: the result of this command, or a failure.
 * @throws where it is not.
 */
export function checkDocument(argv: readonly string[], finished: Finished): Finished {
  const id = commandOf(argv)
  // Who was killed, or was asked for help, printed none.
  if (id === undefined || finished.stdout === '' || finished.signal !== null) return finished
  for (const document of documentsOf(argv, finished.stdout)) {
    const isFailure = /^(sandbox,)?error(,sandbox)?$/.test(Object.keys(document).join())
    const validate = validatorOf(isFailure ? 'error' : id.replaceAll(':', '-'))
    if (!validate(document))
      throw new Error(
        `aka ${argv.join(' ')}: not as docs/schemas says: ${ajv.errorsText(validate.errors, {dataVar: ''})}\n${finished.stdout}`,
      )
  }
  return finished
}

interface Line {
  readonly line: number
  readonly profile?: string
  readonly appSpace: string
  readonly error?: object
}

/** One, or for many app-spaces one a line, beside its line and its app-space. */
function documentsOf(argv: readonly string[], stdout: string): object[] {
  const isForMany = argv.some((each) => /^--(apps-from|all$)/.test(each)) && stdout.startsWith('{"line":')
  if (!isForMany) return [JSON.parse(stdout) as object]
  return stdout
    .trimEnd()
    .split('\n')
    .map((text) => {
      const {line, profile: _, ...document} = JSON.parse(text) as Line
      if (!Number.isInteger(line)) throw new Error(`no line: ${text}`)
      const {appSpace, ...failure} = document
      return 'error' in document ? failure : {appSpace, ...failure}
    })
}

/** The command whose document a command line asks for. */
function commandOf(argv: readonly string[]): string | undefined {
  const own = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  if (!own.includes('--json') || own.includes('--help')) return undefined
  ids ??= readIds()
  return ids.get(argv[0] ?? '')
}

/** The commands by all their names. */
function readIds(): Map<string, string> {
  const {commands} = JSON.parse(readFileSync(join(process.cwd(), 'oclif.manifest.json'), 'utf8')) as Manifest
  return new Map(
    Object.entries(commands).flatMap(([id, {aliases, hiddenAliases}]) =>
      [id, ...aliases, ...hiddenAliases].map((name) => [name, id] as const),
    ),
  )
}

function validatorOf(name: string): ValidateFunction {
  const known = validators.get(name)
  if (known) return known
  const path = join(process.cwd(), 'docs', 'schemas', `${name}.json`)
  const validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object)
  validators.set(name, validate)
  return validate
}
