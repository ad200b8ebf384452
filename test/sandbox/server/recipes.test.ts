import {execFile, spawnSync} from 'node:child_process'
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {environmentOf} from '../../../src/sandbox/environment.js'
import {authorityIn} from '../../../src/sandbox/server/authority.js'
import {serveSandbox} from '../../../src/sandbox/server/server.js'
import {newSandbox} from '../support.js'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../../..')
/** Where PHP's vendor/autoload.php and Go's go.mod are: see CONTRIBUTING.md. */
const SDKS = process.env.RECIPES_IN ?? ROOT

interface Language {
  readonly file: string
  /** What runs a file, the first that has the SDK. */
  readonly programs: readonly string[]
  readonly args?: readonly string[]
  /** Says whether the SDK is there. */
  readonly has: readonly string[]
  /** Says whether it heeds what the environment says of proxies and certificates, where not every version does. */
  readonly heeds?: readonly string[]
  /** A program that knows nothing of the sandbox. */
  readonly plain: string
}

/** A first build of Go's SDK takes minutes. */
const LONGEST_MS = 600_000

const LANGUAGES: Readonly<Record<string, Language>> = {
  js: {
    file: 'recipe.mjs',
    programs: ['node'],
    has: ['--version'],
    plain: `
      import twilio from 'twilio'
      const client = twilio(process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN)
      console.log((await client.messages.create({from: '+15005550006', to: '+14155550100', body: 'hello'})).sid)`,
  },
  python: {
    file: 'recipe.py',
    // Debian's packages are for its own Python alone.
    programs: ['python3', '/usr/bin/python3'],
    has: ['-c', 'import twilio.rest'],
    heeds: ['-c', 'import twilio; exit(tuple(map(int, twilio.__version__.split(".")[:3])) < (7, 9, 1))'],
    plain: `
import os
from twilio.rest import Client
client = Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])
print(client.messages.create(from_="+15005550006", to="+14155550100", body="hello").sid)`,
  },
  ruby: {
    file: 'recipe.rb',
    programs: ['ruby'],
    has: ['-e', 'require "twilio-ruby"'],
    plain: `
      require "twilio-ruby"
      client = Twilio::REST::Client.new(ENV["TWILIO_ACCOUNT_SID"], ENV["TWILIO_AUTH_TOKEN"])
      puts client.messages.create(from: "+15005550006", to: "+14155550100", body: "hello").sid`,
  },
  php: {
    file: 'recipe.php',
    programs: ['php'],
    has: ['-r', 'exit(file_exists("vendor/autoload.php") ? 0 : 1);'],
    plain: `<?php
      require "vendor/autoload.php";
      $client = new Twilio\\Rest\\Client(getenv("TWILIO_ACCOUNT_SID"), getenv("TWILIO_AUTH_TOKEN"));
      echo $client->messages->create("+14155550100", ["from" => "+15005550006", "body" => "hello"])->sid;`,
  },
  go: {
    file: 'recipe.go',
    programs: ['go'],
    args: ['run'],
    has: ['list', 'github.com/twilio/twilio-go'],
    plain: `
package main

import (
	"fmt"

	"github.com/twilio/twilio-go"
	api "github.com/twilio/twilio-go/rest/api/v2010"
)

func main() {
	params := new(api.CreateMessageParams).SetFrom("+15005550006").SetTo("+14155550100").SetBody("hello")
	message, err := twilio.NewRestClient().Api.CreateMessage(params)
	if err != nil {
		panic(err)
	}
	fmt.Println(*message.Sid)
}`,
  },
}

interface Application {
  readonly name: string
  readonly language: Language
  readonly isProxied: boolean
  /** Undefined where it cannot be tried here. */
  readonly program: string | undefined
  readonly title: string
}

function applicationIn(name: string, language: Language, isProxied: boolean): Application {
  const {programs, has, heeds = has} = language
  const tried = programs.map((each) => [each, spawnSync(each, isProxied ? heeds : has, {cwd: SDKS})] as const)
  const program = tried.find(([, {status}]) => status === 0)?.[0]
  const isHere = tried.some(([, {error}]) => !error)
  const missing = isHere ? 'its SDK is not installed, or too old' : `there is no ${programs[0] ?? name}`
  const title = `${isProxied ? 'through the proxy, as it is, in' : 'by the recipe for'} ${name}`
  return {name, language, isProxied, program, title: program === undefined ? `${title}: ${missing}` : title}
}

const all = Object.entries(LANGUAGES).flatMap(([name, language]) =>
  [false, true].map((isProxied) => applicationIn(name, language, isProxied)),
)

async function recipeFor(name: string): Promise<string> {
  const text = await readFile(join(ROOT, 'docs/sandbox.md'), 'utf8')
  const [, recipe = ''] = new RegExp(`\`\`\`${name}\n(.*?)\`\`\``, 's').exec(text) ?? []
  return recipe
}

describe('an application that sends a message', () => {
  let folder: string
  beforeAll(async () => {
    // In the repository, where Node finds the SDK.
    folder = await mkdtemp(join(ROOT, 'node_modules', '.recipes-'))
  })
  afterAll(() => rm(folder, {recursive: true, force: true}))

  async function expectSent({name, language, isProxied, program = ''}: Application) {
    const path = join(folder, language.file)
    await writeFile(path, isProxied ? language.plain : await recipeFor(name))
    const sandbox = newSandbox()
    const authority = isProxied ? await authorityIn(join(folder, 'settings'), Date.now()) : undefined
    const server = await serveSandbox(sandbox, {port: 0, ...(authority && {authority})})
    try {
      const environment = environmentOf(server.url, await sandbox.credentials(), authority)
      const env = {...process.env, ...goCache(), ...environment, HOME: tmpdir()}
      const {stdout} = await run(program, [...(language.args ?? []), path], {cwd: SDKS, env})
      expect(stdout.trim()).toMatch(/^SM[0-9a-f]{32}$/)
      const form = {Body: 'hello', From: '+15005550006'}
      expect(sandbox.requests).toMatchObject([{method: 'POST', status: 201, form}])
    } finally {
      await server.close()
    }
  }

  const titled = (applications: readonly Application[]) => applications.map((each) => [each.title, each] as const)
  const isHere = ({program}: Application) => program !== undefined

  it.each(titled(all.filter(isHere)))('reaches the sandbox %s', (_, each) => expectSent(each), LONGEST_MS)

  const others = all.filter((each) => !isHere(each))
  if (others.length > 0) it.skip.each(titled(others))('is not tried %s', () => undefined)
})

/** What Go has built is kept, wherever its home is. */
function goCache(): Readonly<Record<string, string>> {
  const {status, stdout} = spawnSync('go', ['env', 'GOCACHE'], {encoding: 'utf8'})
  return status === 0 ? {GOCACHE: stdout.trim()} : {}
}
