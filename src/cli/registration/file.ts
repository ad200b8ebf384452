import {lstat, readFile, writeFile} from 'node:fs/promises'

import {Flags} from '@oclif/core'

import {usage} from '../../lib/errors.js'
import {asObject, locally, requireWritable} from '../../lib/local-files.js'
import {formProblems, readForm, type RegistrationForm} from '../../lib/registration/form.js'
import {readRules, type Rules} from '../../lib/registration/policy.js'
import type {Session} from '../../lib/session.js'

export const registrationFileFlag = Flags.string({
  description: 'the registration, YAML',
  required: true,
  helpValue: 'FILE',
})

export const campaignFileFlag = Flags.string({
  description: 'YAML whose sections replace those of --file',
  helpValue: 'FILE',
})

interface FileOptions {
  /** A file whose sections replace those of the other: what an app-space sends, of an organisation's. */
  readonly campaign?: string | undefined
  /** What Twilio asks for now: looked at where something seems to be wrong. */
  readonly rules: () => Promise<Rules>
}

/** @throws {Failure} `usage` for what is no registration */
export async function readRegistrationFile(path: string, {campaign, rules}: FileOptions): Promise<RegistrationForm> {
  const organisation = await readYaml(path, 'Give another --file.')
  const sections = campaign === undefined ? {} : asObject(await readYaml(campaign, 'Give another --campaign.'))
  const [name, whole] =
    campaign === undefined
      ? [path, organisation]
      : [`${path} with ${campaign}`, {...asObject(organisation), ...sections}]
  if (formProblems(whole).length === 0) return readForm(name, whole)
  const {asked} = await rules()
  return readForm(name, whole, asked)
}

/** What Twilio asks for, read with the login of this machine, if any, and kept on it. */
export async function registrationRules(session: Session): Promise<Rules> {
  const {sandbox, endpoint, cacheFolder: folder} = session
  const of = sandbox ? undefined : (endpoint ?? 'https://trusthub.twilio.com')
  return readRules(async () => session.main(), {folder, of})
}

async function readYaml(path: string, suggestion: string): Promise<unknown> {
  const doing = `read the registration in ${path}`
  const text = await locally({doing, suggestions: [suggestion]}, () => readFile(path, 'utf8'))
  return parse(path, text)
}

/** Every value as a text: a postal code is no number. */
async function parse(path: string, text: string): Promise<unknown> {
  const {parse: parseYaml} = await import('yaml')
  try {
    return parseYaml(text, {schema: 'failsafe'}) as unknown
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n')
    throw usage('REGISTRATION_FILE_INVALID', `${path} is not YAML: ${reason}`, 'Correct the file.')
  }
}

const heading = `# A registration for SMS to the US. It has personal and business data, which is sent only to Twilio:
# keep it out of git unless you want it there. All of its fields: docs/registrations.md
`

/** Readable by its owner alone. What is there already is never overwritten. */
export async function writeRegistrationFile(path: string, answers: object): Promise<void> {
  const {stringify} = await import('yaml')
  await locally(writing(path), () => writeFile(path, `${heading}${stringify(answers)}`, {flag: 'wx', mode: 0o600}))
}

/** Before anything is asked: answers that cannot be written would be lost. @throws {Failure} `usage` for what is there already */
export async function requireNoFile(path: string): Promise<void> {
  const isThere = await locally(writing(path), async () => {
    if (await exists(path)) return true
    await requireWritable(path)
    return false
  })
  if (!isThere) return
  throw usage(
    'REGISTRATION_FILE_EXISTS',
    `${path} is there already, and is never overwritten.`,
    'Edit it, or give another --file.',
  )
}

function writing(path: string) {
  return {doing: `write the registration to ${path}`, suggestions: ['Give another --file.']} as const
}

/** A link is there, too, wherever it leads. */
async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
