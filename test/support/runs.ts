export const isFull = Boolean(process.env.TEST_FULL)

/**
 * How often a property is tried that takes seconds: all of the runs with `npm run test:full`, one in so many with `npm test`, each
 * time other ones.
 */
export function runs(most: number, oneIn = 8): {readonly numRuns: number} {
  return {numRuns: isFull ? most : Math.ceil(most / oneIn)}
}

/**
 * The cases of one kind: all of them with `npm run test:full`, one in so many with `npm test`, in the order in which they are given.
 * Which ones follows from TEST_SEED, which pool.mjs draws and prints.
 */
export function sample<Case>(cases: readonly Case[], oneIn = 8): readonly Case[] {
  if (isFull || cases.length === 0) return cases
  const random = drawFor(String(cases.length))
  const drawn = cases.map((_, index) => ({index, lot: random()})).sort((a, b) => a.lot - b.lot)
  const chosen = new Set(drawn.slice(0, Math.ceil(cases.length / oneIn)).map(({index}) => index))
  return cases.filter((_, index) => chosen.has(index))
}

/** Of what takes several seconds and is tried elsewhere, or seldom changes: `npm test` shows it as skipped. */
export function onlyInFull<Test extends {readonly skip: unknown}>(test: Test): Test | Test['skip'] {
  return isFull ? test : test.skip
}

/**
 * Tests that each need processes of their own, or many commands, beside others that are much like them: all of them with
 * `npm run test:full`, one in so many with `npm test`, each time other ones; it shows the others as skipped.
 */
export function inTurn<Run>(test: Test<Run> & {readonly skip: Test<Run>}, oneIn = 4): Test<Run> {
  return (title, run, timeout) => (isFull || drawFor(title)() < 1 / oneIn ? test : test.skip)(title, run, timeout)
}

type Test<Run> = (title: string, run: Run, timeout?: number) => void

/** Lots that are the same for the same TEST_SEED. */
function drawFor(what: string): () => number {
  return randomFrom(`${process.env.TEST_SEED ?? ''} ${what}`)
}

/** Numbers from 0 to 1 that follow from the seed: mulberry32. */
function randomFrom(seed: string): () => number {
  let state = Buffer.from(seed).reduce((hash, byte) => Math.imul(hash ^ byte, 16_777_619), 2_166_136_261)
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
}
