import {readOtherProgramsFile} from '../local-files.js'

/**
 * The password for a machine in a .netrc file (netrc(5): tokens in any layout, `default` for every other machine).
 * Ours, because the packages for it are unmaintained and fail on `default` and on passwords with a #.
 */
export function netrcPassword(file: string, ...machines: string[]): string | undefined {
  const text = readOtherProgramsFile(file)?.replaceAll(/^\s*#.*$/gm, '')
  if (text === undefined) return undefined
  const passwords = new Map<string, string>()
  const found = [...text.matchAll(/"(?:[^"\\]|\\.)*"|\S+/g)]
  const tokens = found.map(([token]) => token)
  let machine = ''
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]
    if (token === 'default') machine = 'default'
    else if (token === 'machine') machine = unquoted(tokens[++at])
    else if (token === 'password') passwords.set(machine, unquoted(tokens[++at]))
    else if (token === 'macdef') {
      // Commands for ftp, until an empty line.
      const from = found[at]?.index ?? 0
      const length = text.slice(from).search(/\n[ \t]*\r?\n/)
      while (at + 1 < found.length && (length < 0 || (found[at + 1]?.index ?? 0) < from + length)) at++
    } else if (token === 'login' || token === 'account') at++
  }
  const name = [...machines, 'default'].find((each) => passwords.has(each))
  return name === undefined ? undefined : passwords.get(name)
}

function unquoted(token = ''): string {
  return token.startsWith('"') ? token.slice(1, -1).replaceAll(/\\(.)/g, '$1') : token
}
