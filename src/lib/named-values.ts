import {usage} from './errors.js'

interface NamedValues {
  /** What stands there without a name. */
  readonly forAll: string | undefined
  readonly named: ReadonlyMap<string, string>
}

/**
 * A setting such as `prod=acme-prod,dev=acme-dev`.
 * @throws {Failure} `usage` for a name that is there twice, or without a value.
 */
export function namedValues(setting: string, text: string): NamedValues {
  const named = new Map<string, string>()
  let forAll: string | undefined
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part === '') continue
    const [, name, value] = /^([^=]*?)\s*=\s*(.*)$/.exec(part) ?? [undefined, undefined, part]
    const isTwice = name === undefined ? forAll !== undefined : named.has(name)
    if (isTwice || name === '' || !value) {
      throw usage(
        'SETTING_INVALID',
        `${setting} cannot have "${part}"${isTwice ? ' besides what it says already' : ''}.`,
        'It has the form NAME=VALUE, with commas between several.',
      )
    }
    if (name === undefined) forAll = value
    else named.set(name, value)
  }
  return {forAll, named}
}
