import type {AddonContext} from '../addon/context.js'
import type {AddonRecord, RegistrationRecord} from '../addon/record.js'
import type {Lease} from '../registry/lease.js'
import type {Registrar} from '../twilio/registrar.js'
import type {Subaccount} from '../twilio/subaccount.js'
import type {RegistrationForm} from './form.js'
import {registrationName} from './steps.js'

/** What a run works with on a registration. */
export interface Work {
  readonly context: AddonContext
  readonly lease: Lease<AddonRecord>
  readonly form: RegistrationForm
  readonly subaccount: Subaccount
  /** What parts are called, by which they are found again. */
  readonly name: string
  readonly registrar: Registrar
}

export function workOn(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  {subaccount, form}: Pick<Work, 'subaccount' | 'form'>,
): Work {
  const name = registrationName(lease.record.appSpace)
  return {context, lease, form, subaccount, name, registrar: {account: subaccount.twilio, guard: lease}}
}

/** A part by the SID that was recorded, or made and recorded. */
export async function part(
  {context, lease}: Work,
  key: Exclude<keyof RegistrationRecord, 'agreed' | 'fixing'>,
  doing: string,
  make: () => Promise<string>,
): Promise<string> {
  const known = lease.record.registration?.[key]
  if (known !== undefined) return known
  const sid = await context.progress(doing, make)
  await recordParts(lease, {[key]: sid})
  return sid
}

export async function recordParts(lease: Lease<AddonRecord>, parts: Partial<RegistrationRecord>): Promise<void> {
  const before = lease.record.registration ?? {}
  if (Object.entries(parts).every(([key, sid]) => before[key as keyof RegistrationRecord] === sid)) return
  await lease.saveAcquired({registration: {...before, ...parts}})
}
