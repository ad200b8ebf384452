import type {AddonContext} from '../addon/context.js'
import {requireActive} from '../addon/info.js'
import {acquireAddonLease} from '../addon/lease.js'
import type {AddonRecord, HeldNumber} from '../addon/record.js'
import {usage} from '../errors.js'
import type {Lease} from '../registry/lease.js'
import {restartIfLeaseLost, runOperation} from '../registry/operation.js'
import {openSubaccount} from '../twilio/subaccount.js'
import {usKindOf} from '../twilio/us-number.js'
import type {RegistrationForm} from './form.js'
import {registerLocal} from './local.js'
import {workOn} from './parts.js'
import {noNumber} from './read.js'
import {notNeeded, resumeBy} from './refusals.js'
import type {SubmitOptions, Submitted} from './submitted.js'
import {verifyTollFree} from './toll-free.js'

/** @throws {Failure} `usage` for a number that is not registered so */
export function requireRegistrable(appSpace: string, {e164}: HeldNumber, {mock, brandSid}: SubmitOptions): void {
  const kind = usKindOf(e164)
  if (kind === 'foreign') throw notNeeded(appSpace, e164)
  if (kind === 'local' || (!mock && brandSid === undefined)) return
  throw usage(
    'REGISTRATION_HAS_NO_BRAND',
    `${e164} is toll-free: its verification has no brand.`,
    `Leave ${mock ? '--mock' : '--brand'} out.`,
  )
}

/**
 * Goes on with a registration from wherever Twilio is, until a review must be waited for. Each part is recorded by its SID before
 * the next is made, so that any run, on any machine, resumes there.
 * @throws {Failure} `refused` where something was rejected, or the file does not comply.
 */
export async function submitRegistration(
  context: AddonContext,
  appSpace: string,
  form: RegistrationForm,
  options: SubmitOptions,
): Promise<Submitted> {
  return restartIfLeaseLost(async () => {
    const lease = await acquireAddonLease(context, appSpace)
    return runOperation(lease, {
      steps: async () => steps(context, lease, form, options),
      warn: context.warn,
      resume: resumeBy(`submit -a ${appSpace}${brandFlag(options)}`),
    })
  })
}

function brandFlag({mock, brandSid}: SubmitOptions): string {
  if (mock) return ' --mock'
  return brandSid === undefined ? '' : ` --brand ${brandSid}`
}

async function steps(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  form: RegistrationForm,
  options: SubmitOptions,
): Promise<Submitted> {
  const {appSpace, phoneNumber} = lease.record
  if (!phoneNumber) throw noNumber(lease.record)
  requireRegistrable(appSpace, phoneNumber, options)
  const subaccount = openSubaccount(context.main, await requireActive(context, lease.record))
  const work = workOn(context, lease, {subaccount, form})
  return usKindOf(phoneNumber.e164) === 'toll-free'
    ? verifyTollFree(work, phoneNumber)
    : registerLocal(work, phoneNumber, options)
}
