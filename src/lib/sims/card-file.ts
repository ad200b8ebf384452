import {usage} from '../errors.js'

/** A card in somebody's hands: what is printed on it. */
export interface Card {
  readonly iccid: string
  readonly code: string
  /** For the SIM; without it, the name is the app-space and the last digits. */
  readonly name?: string
}

/**
 * Cards from `ICCID,CODE[,NAME]` lines, with or without a heading; separated by commas, semicolons or tabs.
 * @throws {Failure} `usage` with every line that is wrong.
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
      // A spreadsheet writes `,,` for an empty row.
      skip_records_with_empty_values: true,
      relax_column_count: true,
      comment: '#',
    })
  } catch (error) {
    throw usage(
      'CARDS_UNREADABLE',
      `The list of cards is not readable: ${(error as Error).message}`,
      `Each line must be ${form}`,
    )
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
export function checkCards(input: readonly Card[]): Card[] {
  if (input.length === 0) throw usage('CARDS_MISSING', 'There are no cards.', `Give a line for each: ${form}`)
  const cards = input.map((card) => ({...card, iccid: card.iccid.replaceAll(/[\s-]/g, '')}))
  const seen = new Set<string>()
  const wrong = cards.flatMap((card, at) => {
    const problem = problemOf(card, seen)
    seen.add(card.iccid)
    return problem === undefined ? [] : [`card ${at + 1} (${card.iccid || 'empty'}): ${problem}`]
  })
  if (wrong.length > 0)
    throw usage(
      'CARDS_INVALID',
      `Nothing was registered: ${wrong.slice(0, 10).join('; ')}.`,
      `Each line must be ${form}`,
    )
  return cards
}

/** ICCIDs have 18 to 22 digits and begin with 89 (ITU-T E.118). */
function problemOf({iccid, code, name}: Card, earlier: ReadonlySet<string>): string | undefined {
  if (!/^89\d{16,20}$/.test(iccid)) return 'an ICCID begins with 89 and has 18 to 22 digits'
  if (!/^[\w-]{4,32}$/.test(code))
    return 'the registration code, which is printed on the card, has 4 to 32 letters and digits'
  if (earlier.has(iccid)) return 'the ICCID is given twice'
  if (name !== undefined && !/^[\w.-]{1,64}$/.test(name))
    return `the name "${name}" must be 1 to 64 letters, digits, dots, dashes and underscores`
  return undefined
}
