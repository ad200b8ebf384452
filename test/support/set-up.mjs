/** Jest calls this before the first test. */
import {fileURLToPath} from 'node:url'

import {build} from 'esbuild'

import {servePool} from './pool.mjs'

export default async function setUp() {
  // Of this run alone: another may be under way, and write its own.
  const checks = new URL(`../../node_modules/.cache/test-checks-${process.pid}.mjs`, import.meta.url)
  process.env.AKA_TWILIO_TEST_CHECKS = checks.href
  await Promise.all([
    servePool(),
    build({
      stdin: {
        contents: `export {checkDocument} from './documents.js'; export {checkExchange} from './openapi.js'`,
        resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      },
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      outfile: fileURLToPath(checks),
    }),
  ])
}
