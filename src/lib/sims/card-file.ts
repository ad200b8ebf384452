import {usage} from '../errors.js'

/** A card in somebody's hands: what is printed on it. */
export interface Card {
  readonly iccid: string
  readonly code: string
  /** For the SIM; else one is made of the app-space's name. */
  readonly name?: string
}

/**
 * Cards from `ICCID,CODE[,NAME]` lines, with or without a heading; commas, semicolons or tabs.
 * @throws {Failure} `usage` with every line that is wrong: nothing is registered then.
 */
export async function parseCards(text: string): Promise<Card[]> {
  const {parse} = await import('csv-parse/sync')
  let rows: string[][]
  try {
    rows = parse(text, {
      bom: true,
      delimiter: [',', ';', '\t'],
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      comment: '#',
    })
  } catch (error) {
    throw usage('CARDS_UNREADABLE', `The cards cannot be read: ${(error as Error).message}`, `Lines are to be ${form}`)
  }
  const [heading = []] = rows
  const cards = (/iccid/i.test(heading[0] ?? '') ? rows.slice(1) : rows).map(([iccid = '', code = '', name]) => ({
    iccid,
    code,
    ...(name && {name}),
  }))
  return checkCards(cards)
}

const form = 'ICCID,CODE or ICCID,CODE,NAME.'

/** @throws {Failure} `usage` with everything that is wrong. */
export function checkCards(given: readonly Card[]): Card[] {
  if (given.length === 0) throw usage('CARDS_MISSING', 'There are no cards.', `Give lines of ${form}`)
  const cards = given.map((card) => ({...card, iccid: card.iccid.replaceAll(/[\s-]/g, '')}))
  const wrong = cards.flatMap((card, at) => {
    const problem = problemOf(card, cards.slice(0, at))
    return problem === undefined ? [] : [`card ${at + 1} (${card.iccid || 'empty'}): ${problem}`]
  })
  if (wrong.length > 0)
    throw usage('CARDS_INVALID', `Nothing was registered: ${wrong.slice(0, 10).join('; ')}.`, `Lines are to be ${form}`)
  return cards
}

/** ICCIDs have 18 to 22 digits and begin with 89 (ITU-T E.118). */
function problemOf({iccid, code, name}: Card, earlier: readonly Card[]): string | undefined {
  if (!/^89\d{16,20}$/.test(iccid)) return 'not an ICCID, which begins with 89 and has 18 to 22 digits'
  if (!/^[\w-]{4,32}$/.test(code)) return 'no registration code, which is printed on the card'
  if (earlier.some((card) => card.iccid === iccid)) return 'given twice'
  if (name !== undefined && !/^[\w.-]{1,64}$/.test(name))
    return `"${name}" cannot be its name: letters, digits, dots, dashes and underscores`
  return undefined
}
