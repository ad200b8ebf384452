import {existsSync} from 'node:fs'
import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, expect, it} from '@jest/globals'

import {openInBrowser} from '../../src/cli/browser.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
})
afterEach(() => rm(folder, {recursive: true}))

it('opens an address with the program of BROWSER, as one argument', async () => {
  const program = join(folder, 'browser')
  await writeFile(program, `#!/bin/sh\nprintf %s "$1" > '${folder}/draft' && mv '${folder}/draft' '${folder}/opened'\n`)
  await chmod(program, 0o700)
  const url = 'https://console.twilio.com/?a=1&b=$(touch x)'
  expect(await openInBrowser(url, {PATH: process.env.PATH, BROWSER: program})).toBeUndefined()
  while (!existsSync(join(folder, 'opened'))) await new Promise((resolve) => setImmediate(resolve))
  expect(await readFile(join(folder, 'opened'), 'utf8')).toBe(url)
})

it('names the program that does not exist', async () => {
  expect(await openInBrowser('https://console.twilio.com', {PATH: folder, BROWSER: 'no-such-browser'})).toBe(
    'no-such-browser',
  )
})
