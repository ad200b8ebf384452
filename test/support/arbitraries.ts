import fc from 'fast-check'

/*
 * As fast-check has them, which takes a second to make some of these: it writes down the way back from each of a million characters.
 */

const codePoint = fc
  .integer({min: 0, max: 0x10_f7_ff})
  // Half of a pair is none.
  .map((code) => String.fromCodePoint(code < 0xd8_00 ? code : code + 0x8_00))

/** Texts of any characters. */
export const anyText = fc.string({unit: codePoint})

const inPath = fc.oneof(
  {weight: 9, arbitrary: fc.constantFrom(...Array.from("amzAMZ0189-._~!$&'()*+,;=:@"))},
  {weight: 1, arbitrary: codePoint.map((text) => encodeURIComponent(text))},
)

/** Between two slashes. */
export const webSegment = fc.string({unit: inPath})

export const webPath = fc.array(webSegment).map((segments) => segments.map((segment) => `/${segment}`).join(''))

/** Without the question mark. */
export const webQuery = fc.string({unit: fc.oneof({weight: 9, arbitrary: inPath}, fc.constantFrom('/', '?'))})
