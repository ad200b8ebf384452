import {readFileSync} from 'node:fs'

/**
 * The password for a machine in a .netrc file (netrc(5): tokens in any layout, `default` for every other machine).
 * Ours, because the packages for it are unmaintained and fail on `default` and on passwords with a #.
 */
export function netrcPassword(file: string, ...machines: string[]): string | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
  const passwords = new Map<string, string>()
  const tokens = text.replaceAll(/^\s*#.*$/gm, '').match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? []
  let machine = ''
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]
    if (token === 'default') machine = 'default'
    else if (token === 'machine') machine = unquoted(tokens[++at])
    else if (token === 'password') passwords.set(machine, unquoted(tokens[++at]))
    else if (token === 'login' || token === 'account') at++
  }
  const found = [...machines, 'default'].find((each) => passwords.has(each))
  return found === undefined ? undefined : passwords.get(found)
}

function unquoted(token = ''): string {
  return token.startsWith('"') ? token.slice(1, -1).replaceAll(/\\(.)/g, '$1') : token
}
