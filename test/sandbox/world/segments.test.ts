import {expect, it} from '@jest/globals'

import {segmentCount} from '../../../src/sandbox/world/segments.js'

it.each([
  ['', 1],
  ['x'.repeat(160), 1],
  ['x'.repeat(161), 2],
  ['x'.repeat(306), 2],
  ['x'.repeat(307), 3],
  ['line\nline', 1],
  // In the alphabet of GSM, although not in ASCII; the other way round: a backtick.
  ['é'.repeat(160), 1],
  ['`'.repeat(71), 2],
  // Two places each, and never divided: 76 to a part of 153.
  ['€'.repeat(80), 1],
  ['€'.repeat(81), 2],
  ['€'.repeat(152), 2],
  ['€'.repeat(153), 3],
  ['ç'.repeat(70), 1],
  ['ç'.repeat(71), 2],
  ['ç'.repeat(134), 2],
  ['ç'.repeat(135), 3],
  // Two units of UTF-16 each: 33 to a part of 67.
  ['😀'.repeat(35), 1],
  ['😀'.repeat(66), 2],
  ['😀'.repeat(67), 3],
])('%s is sent in %s segments', (body, segments) => {
  expect(segmentCount(body)).toBe(segments)
})
