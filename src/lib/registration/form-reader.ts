import {isObject} from '../shape.js'

type Node = Readonly<Record<string, unknown>>

/** Collects everything that is wrong, so that a person can fix all of it in one go. */
export class FormReader {
  readonly problems: string[] = []
  readonly #sections = new Map<string, Section | undefined>()

  constructor(private readonly root: unknown) {}

  section(name: string): Section {
    const found = this.optionalSection(name)
    if (!found) this.problems.push(`${name} is missing`)
    return found ?? new Section(name, {}, this.problems)
  }

  optionalSection(name: string): Section | undefined {
    const section = this.#read(name)
    this.#sections.set(name, section)
    return section
  }

  #read(name: string): Section | undefined {
    const value = isObject(this.root) ? this.root[name] : undefined
    if (value === undefined || value === null || value === '') return undefined
    if (!isObject(value)) this.problems.push(`${name} must have fields (name: value)`)
    return new Section(name, isObject(value) ? value : {}, this.problems)
  }

  /** What nobody asked for is mistyped: it would never be sent. */
  refuseUnknown(): void {
    for (const section of this.#sections.values()) section?.refuseUnknown()
    for (const name of Object.keys(isObject(this.root) ? this.root : {}))
      if (!this.#sections.has(name)) this.problems.push(`${name} is not a section of a registration`)
  }
}

export class Section {
  readonly #known = new Set<string>()

  constructor(
    private readonly name: string,
    private readonly node: Node,
    private readonly problems: string[],
  ) {}

  text(key: string, {least = 1, most = 4096}: {least?: number; most?: number} = {}): string {
    const value = this.optional(key)
    if (value === undefined) this.problem(key, 'is missing')
    else if (value.length < least || value.length > most)
      this.problem(key, `must have ${least} to ${most} characters, not ${value.length}`)
    return value ?? ''
  }

  optional(key: string): string | undefined {
    const value = this.#read(key)
    if (typeof value === 'string') return value.trim() || undefined
    if (value !== undefined) this.problem(key, 'must be a text')
    return undefined
  }

  oneOf(key: string, allowed: readonly string[], standard?: string): string {
    const value = this.optional(key) ?? standard
    if (value === undefined) this.problem(key, `is missing: ${allowed.join(', ')}`)
    else if (!allowed.includes(value)) this.problem(key, `must be one of ${allowed.join(', ')}`)
    return value ?? ''
  }

  flag(key: string, standard = false): boolean {
    return this.oneOf(key, ['true', 'false'], String(standard)) === 'true'
  }

  texts(key: string): string[] | undefined {
    const value = this.#read(key)
    if (value === undefined) return undefined
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value
    this.problem(key, 'must be a list of texts')
    return undefined
  }

  someTexts(key: string): string[] {
    const values = this.texts(key) ?? []
    if (values.length === 0) this.problem(key, 'is missing: a list')
    return values
  }

  refuseUnknown(): void {
    for (const key of Object.keys(this.node))
      if (!this.#known.has(key)) this.problem(key, 'is not a field of a registration')
  }

  #read(key: string): unknown {
    this.#known.add(key)
    return this.node[key]
  }

  problem(key: string, what: string): void {
    this.problems.push(`${this.name}.${key} ${what}`)
  }
}

export function optionally<Key extends string>(
  key: Key,
  value: string | undefined,
): Readonly<Partial<Record<Key, string>>> {
  return (value === undefined ? {} : {[key]: value}) as Readonly<Partial<Record<Key, string>>>
}
