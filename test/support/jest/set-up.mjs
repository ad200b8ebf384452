/** Jest calls this before the first test. */
import {mkdir, mkdtemp} from 'node:fs/promises'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {compileOnce, servePool} from '../pool.mjs'
import {buildTests} from './build.mjs'

export default async function setUp() {
  const folder = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url))
  await mkdir(folder, {recursive: true})
  // Of this run alone: another may be under way.
  const tests = await mkdtemp(`${folder}tests-`)
  process.env.AKA_TWILIO_TESTS = tests
  // Not that of commands in processes of their own: V8 rejects what it compiled with other flags.
  const cache = join(tests, 'cache-of-pool')
  await Promise.all([compileOnce(cache).then(() => servePool(cache)), buildTests(tests)])
}
