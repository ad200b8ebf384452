/** Jest calls this after the last test: nothing that was started or written is left when it ends. */
import {rm} from 'node:fs/promises'

import {endPool} from '../pool.mjs'

export default async function tearDown() {
  await endPool()
  await rm(process.env.AKA_TWILIO_TESTS ?? '', {recursive: true, force: true})
}
