import {badCredentials} from './errors.js'
import {codePoint} from './text.js'

/** What is on no keyboard: no SID and no secret has it. */
const odd = /[^\x21-\x7E]/gu

/** What is odd in a text that is not shown itself: ` (it has <U+200B>)`, or nothing. */
export function oddCharacters(text: string): string {
  const found = [...new Set(text.match(odd) ?? [])]
  return found.length === 0 ? '' : ` (it has ${found.map(codePoint).join(', ')})`
}

/** @throws {Failure} `credentials` for a secret that cannot be right: nothing is sent with it, and none of it is shown. */
export function checkSecret(secret: string, what: string): void {
  const found = oddCharacters(secret)
  if (found === '') return
  throw badCredentials(
    'SECRET_INVALID',
    `${what} cannot be right${found}.`,
    'Copy it once more: editors and chats put dashes, spaces and line breaks into what is copied.',
  )
}
