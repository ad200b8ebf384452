import {printable} from '../../../lib/text.js'

/** HTML. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Inserted = string | number | Markup | readonly Markup[]

/** Whatever is put into it is text, and is escaped, unless it is markup itself: nothing that somebody named can be more than a name. */
export function markup(strings: TemplateStringsArray, ...inserted: readonly Inserted[]): Markup {
  return new Markup(strings.reduce((all, string, index) => all + markupOf(inserted[index - 1] ?? '') + string))
}

function markupOf(value: Inserted): string {
  if (value instanceof Markup) return value.text
  if (typeof value === 'object') return value.map(({text}) => text).join('')
  return printable(String(value)).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
