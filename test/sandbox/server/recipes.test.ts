import {execFile, spawnSync} from 'node:child_process'
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {serve} from './support.js'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../../..')

/** How each language runs a file, and how it says whether its SDK is there. */
const LANGUAGES: Readonly<Record<string, {file: string; command: readonly string[]; has: readonly string[]}>> = {
  js: {file: 'recipe.mjs', command: ['node'], has: ['node', '--version']},
  python: {file: 'recipe.py', command: ['python3'], has: ['python3', '-c', 'import twilio.rest']},
  ruby: {file: 'recipe.rb', command: ['ruby'], has: ['ruby', '-e', 'require "twilio-ruby"']},
  php: {file: 'recipe.php', command: ['php'], has: ['php', '-r', 'exit(file_exists("vendor/autoload.php") ? 0 : 1);']},
  go: {file: 'recipe.go', command: ['go', 'run'], has: ['go', 'list', 'github.com/twilio/twilio-go']},
}

function isHere(language: string): boolean {
  const [name = '', ...args] = LANGUAGES[language]?.has ?? []
  return spawnSync(name, args, {cwd: ROOT}).status === 0
}

/** The recipes of docs/sandbox.md: each sends a message and prints its SID. */
const recipes = (text: string) =>
  [...text.matchAll(/```(\w+)\n(.*?)```/gs)].filter(([, language = '']) => Object.hasOwn(LANGUAGES, language))

describe('the recipe for', () => {
  let folder: string
  beforeAll(async () => {
    // In the repository, where Node finds the SDK.
    folder = await mkdtemp(join(ROOT, 'node_modules', '.recipes-'))
  })
  afterAll(() => rm(folder, {recursive: true, force: true}))

  const languages = Object.keys(LANGUAGES)
  it.skip.each(languages.filter((language) => !isHere(language)))('%s: its SDK is not at hand', () => undefined)

  it.each(languages.filter(isHere))('%s reaches the sandbox', async (language) => {
    const {file, command} = LANGUAGES[language] ?? {file: '', command: []}
    const text = await readFile(join(ROOT, 'docs/sandbox.md'), 'utf8')
    const [recipe] = recipes(text).filter(([, each]) => each === language)
    await writeFile(join(folder, file), recipe?.[2] ?? '')
    const {sandbox, url, accountSid, authToken} = await serve()
    const env = {
      ...process.env,
      AKA_TWILIO_ENDPOINT: url,
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      HOME: tmpdir(),
    }
    const [program = '', ...rest] = command
    const {stdout} = await run(program, [...rest, join(folder, file)], {cwd: ROOT, env})
    expect(sandbox.requests).toMatchObject([{method: 'POST', status: 201, form: {Body: 'hello', From: '+15005550006'}}])
    expect(stdout.trim()).toMatch(/^SM[0-9a-f]{32}$/)
  })
})
