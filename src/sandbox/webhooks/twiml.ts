import sax from 'sax'

import type {WebhookError} from '../http/request-log.js'

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** In order; text between them is in `text`. */
  readonly children: readonly Element[]
  /** All text in it, and what is in no element of its own; without white space around it. */
  readonly text: string
  readonly ownText: string
}

interface Draft extends Element {
  readonly attributes: Record<string, string>
  readonly children: Draft[]
  text: string
  ownText: string
}

export type Parsed = {readonly verbs: readonly Element[]} | {readonly error: WebhookError}

/** Only the entities of XML, not those of HTML: its types do not know this option. */
const OPTIONS = {strictEntities: true} as sax.SAXOptions

/** The verbs of a TwiML document; for one that is none, Twilio's error. */
export function parseTwiml(document: string): Parsed {
  const open: Draft[] = []
  let root: Draft | undefined
  const parser = sax.parser(true, OPTIONS)
  parser.onopentag = ({name, attributes}) => {
    const element: Draft = {name, attributes: attributes as Record<string, string>, children: [], text: '', ownText: ''}
    if (open.length === 0 && root) throw new Error('there is a second root element')
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  }
  parser.onclosetag = () => {
    const element = open.pop()
    if (!element) return
    element.text = element.text.trim()
    element.ownText = element.ownText.trim()
  }
  parser.ontext = parser.oncdata = (text) => {
    for (const element of open) element.text += text
    const innermost = open.at(-1)
    if (innermost) innermost.ownText += text
  }
  parser.onerror = (error) => {
    throw error
  }
  if (/^\s+<\?xml/.test(document)) return malformed('there is something before the XML declaration')
  try {
    parser.write(document).close()
  } catch (error) {
    return malformed((error as Error).message.replaceAll(/\s*\n/g, ', '))
  }
  if (root?.name !== 'Response') return malformed('the root element <Response> is missing')
  return {verbs: root.children}
}

function malformed(why: string): Parsed {
  return {error: {code: 12100, message: `Document parse failure: ${why}`}}
}
