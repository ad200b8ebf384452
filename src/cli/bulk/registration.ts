import type {AddonContext} from '../../lib/addon/context.js'
import type {AddonRecord} from '../../lib/addon/record.js'
import {type RegistrationDocument, registrationDocument} from '../../lib/registration/document.js'
import {followRegistration} from '../../lib/registration/follow.js'
import type {RegistrationForm} from '../../lib/registration/form.js'
import {readRegistration} from '../../lib/registration/read.js'
import {requireRegistrable, submitRegistration} from '../../lib/registration/submit.js'
import type {SubmitOptions} from '../../lib/registration/submitted.js'
import {usKindOf} from '../../lib/twilio/us-number.js'
import {registrationInBrief} from '../output/brief.js'
import {registrationCosts} from '../output/twilio/registration/index.js'
import {confirm} from '../prompts.js'
import {readRegistrationFile, registrationRules} from '../registration/file.js'
import type {BulkOperation} from './operation.js'

interface Parsed {
  readonly flags: {
    readonly file: string
    readonly campaign?: string | undefined
    readonly mock: boolean
    readonly brand?: string | undefined
    readonly wait: boolean
  }
}

export interface RegistrationRequest extends SubmitOptions {
  readonly appSpace: string
  readonly form: RegistrationForm
  /** Until the reviews are over. */
  readonly follow: boolean
}

/** What `twilio:registration:submit` does for each app-space. */
export const registrationsSubmitted: BulkOperation<
  Parsed,
  RegistrationRequest,
  RegistrationDocument,
  RegistrationDocument
> = {
  doing: 'registering the numbers of',
  request: async ({flags}, appSpace, session) => ({
    appSpace,
    form: await readRegistrationFile(flags.file, {
      campaign: flags.campaign,
      rules: async () => registrationRules(session),
    }),
    mock: flags.mock,
    brandSid: flags.brand,
    follow: flags.wait,
  }),
  beforehand: async ({requests, open}) => newCosts(await open(), requests),
  async consent(_, parts) {
    let numbers = 0
    for (const {requests, open} of parts) numbers += (await newCosts(await open(), requests))?.numbers ?? 0
    if (numbers > 0) await agree({numbers})
  },
  carryOut: submitOne,
  preview: async (context, {appSpace}) => registrationDocument(await readRegistration(context, appSpace)),
  brief: registrationInBrief,
}

async function submitOne(given: AddonContext, {appSpace, form, follow, ...options}: RegistrationRequest) {
  // --wait is about reviews here: other runs are waited for in any case.
  const context = {...given, waiting: {...given.waiting, wait: true}}
  let submitted = await submitRegistration(context, appSpace, form, options)
  if (follow) submitted = await followRegistration(context, appSpace, form, {options, submitted})
  const current = await readRegistration(context, appSpace)
  return registrationDocument({...current, steps: {...current.steps, ...submitted.seen}})
}

/**
 * What Twilio charges, once for all of them; undefined where it charges nothing, or somebody agreed to it before.
 * @throws {Failure} `usage` for a number that is not registered so
 */
export async function newCosts(
  {registry}: Pick<AddonContext, 'registry'>,
  requests: readonly RegistrationRequest[],
): Promise<{readonly said: string; readonly numbers: number} | undefined> {
  const records = await recordsOf(registry, requests)
  const charged = requests.filter(({mock, appSpace, ...options}) => {
    const {phoneNumber, registration} = records.find((each) => each.appSpace === appSpace) ?? {}
    if (phoneNumber) requireRegistrable(appSpace, phoneNumber, {mock, ...options})
    // A verification is free.
    const isLocal = phoneNumber !== undefined && usKindOf(phoneNumber.e164) === 'local'
    return !mock && isLocal && registration?.agreed !== true
  })
  if (charged.length === 0) return undefined
  return {
    said: registrationCosts(charged.some(({brandSid}) => brandSid === undefined)),
    numbers: charged.length,
  }
}

/** Asks, where it costs something. @throws {Failure} `usage` */
export async function agree({numbers}: {readonly numbers: number}): Promise<void> {
  const question = numbers === 1 ? 'Register the number?' : `Register ${numbers} numbers?`
  await confirm(question, {otherwise: 'Nothing was registered.'})
}

async function recordsOf(
  registry: AddonContext['registry'],
  requests: readonly RegistrationRequest[],
): Promise<readonly AddonRecord[]> {
  const [first, ...others] = requests
  if (first && others.length === 0) return [(await registry.read(first.appSpace))?.record ?? []].flat()
  return (await registry.list()).records
}
