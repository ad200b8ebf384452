/** The alphabet of GSM 03.38, of which 160 characters fit into one SMS. */
const GSM_7 = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Each takes the place of two. */
const GSM_7_EXTENSION = new Set('\f^{}\\[~]|€')

/** The characters of an SMS, or of each part of a longer message, which also says which part it is. */
const GSM_7_LENGTHS = {single: 160, part: 153}
const UCS_2_LENGTHS = {single: 70, part: 67}

/**
 * How many SMS a text takes: in GSM-7 if it can be written so, otherwise all of it in UCS-2. A character that takes two places is never
 * divided between two parts.
 */
export function segmentCount(body: string): number {
  const characters = Array.from(body)
  const isPlain = characters.every((character) => GSM_7.has(character) || GSM_7_EXTENSION.has(character))
  const {single, part} = isPlain ? GSM_7_LENGTHS : UCS_2_LENGTHS
  const widths = characters.map((character) => (isPlain ? (GSM_7_EXTENSION.has(character) ? 2 : 1) : character.length))
  if (sum(widths) <= single) return 1
  let parts = 1
  let used = 0
  for (const width of widths) {
    if (used + width > part) {
      parts += 1
      used = 0
    }
    used += width
  }
  return parts
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
