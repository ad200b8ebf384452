/** Jest calls this before the first test. */
import {mkdir, mkdtemp} from 'node:fs/promises'
import {fileURLToPath} from 'node:url'

import {servePool} from '../pool.mjs'
import {buildTests} from './build.mjs'

export default async function setUp() {
  const cache = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url))
  await mkdir(cache, {recursive: true})
  // Of this run alone: another may be under way.
  const tests = await mkdtemp(`${cache}tests-`)
  process.env.AKA_TWILIO_TESTS = tests
  await Promise.all([servePool(), buildTests(tests)])
}
