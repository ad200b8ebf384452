import type * as Yaml from 'yaml'
import type {Document, LineCounter, Node, Scalar} from 'yaml'

import type {BadLine} from '../bulk/rows.js'
import {Failure} from '../errors.js'

/** A value of the file, and the line that it is in. */
export interface Value {
  readonly node: Node | null
  readonly line: number
}

/** Reads values where they stand, and collects what is wrong with them by lines. Without a schema of its own: each scalar is a text. */
export class NodeReader {
  readonly problems: BadLine[] = []

  constructor(
    private readonly yaml: typeof Yaml,
    private readonly document: Document,
    private readonly lines: LineCounter,
  ) {}

  /** Once, however often the value is read. */
  problem({line}: Pick<Value, 'line'>, problem: string): void {
    if (!this.problems.some((each) => each.line === line && each.problem === problem))
      this.problems.push({line, problem})
  }

  /** What is checked elsewhere, with what is wrong in this line. */
  checked<Result>(value: Pick<Value, 'line'>, check: () => Result): Result | undefined {
    try {
      return check()
    } catch (error) {
      if (!(error instanceof Failure) || error.outcome !== 'usage') throw error
      this.problem(value, [error.message, ...error.suggestions].join(' '))
      return undefined
    }
  }

  /** The keys of a map, by the names that they are to have: `area-code` and `area_code` are `areaCode`. */
  entries(value: Value): Map<string, Value & {readonly key: string}> {
    const entries = new Map<string, Value & {readonly key: string}>()
    const node = this.#resolved(value)
    if (isNothing(node)) return entries
    if (!this.yaml.isMap(node)) {
      this.problem(value, 'names and values are expected here (name: value)')
      return entries
    }
    for (const {key, value: of} of node.items) {
      const name = this.#resolved({node: key as Node | null, line: value.line})
      const line = lineOf(this.lines, key) ?? value.line
      if (this.yaml.isScalar(name))
        entries.set(String(name.value), {key: String(name.value), node: of as Node | null, line})
      else this.problem({line}, 'a name must be a text')
    }
    return entries
  }

  /** The same, where only certain ones can be. */
  section(value: Value, allowed: readonly string[]): ReadonlyMap<string, Value> {
    const known = new Map<string, Value>()
    for (const [key, entry] of this.entries(value)) {
      const name = optionName(key)
      if (!allowed.includes(name)) this.problem(entry, `there is no ${key} here; there can be: ${allowed.join(', ')}`)
      else if (known.has(name)) this.problem(entry, `${name} is there twice`)
      else known.set(name, entry)
    }
    return known
  }

  /** Undefined where nothing is said. */
  text(value: Value | undefined): string | undefined {
    if (!value) return undefined
    const node = this.#resolved(value)
    if (isNothing(node)) return undefined
    if (this.yaml.isScalar(node)) return String(node.value)
    this.problem(value, 'a text is expected here')
    return undefined
  }

  flag(value: Value | undefined): boolean | undefined {
    const text = this.text(value)
    if (value === undefined || text === undefined) return undefined
    if (text !== 'true' && text !== 'false') this.problem(value, `true or false is expected here, not ${text}`)
    return text === 'true'
  }

  /** Texts in a list, or in one with commas. */
  texts(value: Value | undefined): readonly string[] | undefined {
    if (!value) return undefined
    const node = this.#resolved(value)
    if (!this.yaml.isSeq(node)) return this.text(value)?.split(',')
    return node.items.flatMap(
      (item) => this.text({node: item as Node | null, line: lineOf(this.lines, item) ?? value.line}) ?? [],
    )
  }

  isNothing(value: Value): boolean {
    return isNothing(this.#resolved(value))
  }

  isText(value: Value): boolean {
    const node = this.#resolved(value)
    return this.yaml.isScalar(node) && !isNothing(node)
  }

  #resolved({node, line}: Value): Node | null {
    if (!this.yaml.isAlias(node)) return node
    const target = node.resolve(this.document)
    if (!target) this.problem({line}, `there is no anchor &${node.source} for the alias *${node.source}`)
    return target ?? null
  }
}

/** `area-code`, `area_code` and `AreaCode` are `areaCode`. */
function optionName(key: string): string {
  const joined = key.replaceAll(/[-_\s]+(\w)/g, (_, letter: string) => letter.toUpperCase())
  return joined.charAt(0).toLowerCase() + joined.slice(1)
}

function lineOf(lines: LineCounter, node: unknown): number | undefined {
  const [at] = (node as {range?: readonly number[] | null} | null)?.range ?? []
  return at === undefined ? undefined : lines.linePos(at).line
}

/** `areaCode:` without anything behind it, or null. */
function isNothing(node: Node | null): boolean {
  if (node === null) return true
  const {type, value} = node as Partial<Scalar>
  return type === 'PLAIN' && (value === '' || value === 'null' || value === '~')
}
