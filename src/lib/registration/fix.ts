import type {AddonContext} from '../addon/context.js'
import {requireActive} from '../addon/info.js'
import {acquireAddonLease} from '../addon/lease.js'
import type {HeldNumber} from '../addon/record.js'
import {restartIfLeaseLost, runOperation} from '../registry/operation.js'
import {compareCampaign, resubmitBrand, resubmitCampaign} from '../twilio/correcting.js'
import type {Review} from '../twilio/reviews.js'
import {openSubaccount} from '../twilio/subaccount.js'
import {compareVerification, resubmitVerification} from '../twilio/toll-free.js'
import type {RegistrationForm} from './form.js'
import {recordParts, type Work, workOn} from './parts.js'
import {correctBundle, handInBundle} from './profiles.js'
import {noNumber} from './read.js'
import {notEditable, notNeeded, resumeBy, sectionMissing, unchanged} from './refusals.js'
import {readSteps, type StepName, stepNames, type Steps, stepWords} from './steps.js'

/** A step that was corrected and resubmitted. */
export interface FixedStep {
  readonly step: StepName
  readonly sid: string
  /** The fields that were edited, by Twilio's names. */
  readonly fields: readonly string[]
}

export interface Fixed {
  readonly fixed: readonly FixedStep[]
  /** As Twilio answered: its lists may not show it yet. */
  readonly seen: Steps
}

interface Fixing {
  readonly work: Work
  readonly number: HeldNumber
  readonly steps: Steps
  /** Why a part is resubmitted for which the file has nothing new. */
  readonly reason: string | undefined
}

/**
 * Corrects what was rejected, in place, and resubmits it.
 * @throws {Failure} `refused` where the file says nothing new, or Twilio lets nothing be edited
 */
export async function fixRegistration(
  context: AddonContext,
  appSpace: string,
  form: RegistrationForm,
  {reason}: Pick<Fixing, 'reason'>,
): Promise<Fixed> {
  return restartIfLeaseLost(async () => {
    const lease = await acquireAddonLease(context, appSpace)
    return runOperation(lease, {
      async steps() {
        const {phoneNumber} = lease.record
        if (!phoneNumber) throw noNumber(lease.record)
        const subaccount = openSubaccount(context.main, await requireActive(context, lease.record))
        const work = workOn(context, lease, {subaccount, form})
        const steps = await readSteps(subaccount.twilio, phoneNumber, lease.record)
        return fixAll({work, number: phoneNumber, steps, reason})
      },
      warn: context.warn,
      resume: resumeBy(`fix -a ${appSpace}${reason === undefined ? '' : ' --reason TEXT'}`),
    })
  })
}

async function fixAll(fixing: Fixing): Promise<Fixed> {
  const {work, number, steps} = fixing
  const names = stepNames(number.e164)
  if (names.length === 0) throw notNeeded(work.lease.record.appSpace, number.e164)
  const fixed: FixedStep[] = []
  const seen: Steps = {}
  for (const step of names) {
    const found = steps[step]
    if (found?.state !== 'rejected') continue
    const rejected = {reasons: [], status: '', since: new Date(0), ...found}
    const {review, fields} = await work.context.progress(`correcting the ${stepWords[step]}`, () =>
      fixers[step](fixing, rejected),
    )
    Object.assign(seen, {[step]: review})
    fixed.push({step, sid: review.sid, fields})
  }
  return {fixed, seen}
}

interface Corrected {
  readonly review: Review
  readonly fields: readonly string[]
}

const fixers: Readonly<Record<StepName, (fixing: Fixing, rejected: Review) => Promise<Corrected>>> = {
  'customer-profile': (fixing, rejected) => fixBundle(fixing, rejected, 'customer-profile'),
  'a2p-profile': (fixing, rejected) => fixBundle(fixing, rejected, 'a2p-profile'),
  brand: fixBrand,
  'messaging-service': async (_, review) => ({review, fields: []}),
  campaign: fixCampaign,
  'toll-free-verification': fixVerification,
}

const bundleKinds = {'customer-profile': 'customerProfiles', 'a2p-profile': 'trustProducts'} as const

async function fixBundle(fixing: Fixing, rejected: Review, step: keyof typeof bundleKinds): Promise<Corrected> {
  const {work} = fixing
  const kind = bundleKinds[step]
  return handInAgain(
    fixing,
    {step, rejected},
    {
      correct: () => correctBundle(work, kind, rejected.sid),
      send: () => handInBundle(work, kind, rejected.sid),
    },
  )
}

/** The registry of brands takes its data from the profiles. */
async function fixBrand(fixing: Fixing, rejected: Review): Promise<Corrected> {
  const {work, steps} = fixing
  if (rejected.status !== 'FAILED')
    throw notEditable('brand', rejected.sid, {
      why: `it is ${rejected.status}.`,
      instead: 'Only Twilio can help: https://help.twilio.com',
    })
  const {'a2p-profile': a2p, brand} = steps
  return handInAgain(
    fixing,
    {step: 'brand', rejected},
    {
      correct: async () => [
        ...(brand ? await correctBundle(work, 'customerProfiles', brand.profileSid) : []),
        ...(a2p ? await correctBundle(work, 'trustProducts', a2p.sid) : []),
      ],
      send: () => resubmitBrand(work.registrar, rejected.sid),
    },
  )
}

/** What is being corrected is noted first: the run after an interruption must still resubmit it. */
async function handInAgain(
  {work: {lease}, reason}: Fixing,
  {step, rejected}: {readonly step: StepName; readonly rejected: Review},
  {correct, send}: {readonly correct: () => Promise<string[]>; readonly send: () => Promise<Review>},
): Promise<Corrected> {
  const {sid} = rejected
  const wasBegun = lease.record.registration?.fixing === sid
  await recordParts(lease, {fixing: sid})
  const fields = await correct()
  if (fields.length === 0 && !wasBegun && reason === undefined) {
    await recordParts(lease, {fixing: ''})
    throw unchanged(step, rejected)
  }
  const review = await send()
  await recordParts(lease, {fixing: ''})
  return {review, fields}
}

async function fixCampaign({work, number, steps, reason}: Fixing, rejected: Review): Promise<Corrected> {
  const {context, form, registrar} = work
  const service = steps['messaging-service']
  if (!form.campaign || !service) throw sectionMissing('campaign', number.e164)
  const {editable, fixed} = await compareCampaign(registrar, service.sid, form.campaign)
  if (fixed.length > 0)
    context.warn(
      `Twilio does not let these fields of a campaign be edited, so they stay as they are: ${fixed.join(', ')}.`,
    )
  if (editable.length === 0 && reason === undefined) throw unchanged('campaign', rejected)
  const parts = {serviceSid: service.sid, sid: rejected.sid}
  return {review: await resubmitCampaign(registrar, parts, form.campaign), fields: editable}
}

async function fixVerification({work, number, reason}: Fixing, rejected: Review): Promise<Corrected> {
  const {form, registrar} = work
  const {sid} = rejected
  if (!form.tollFree) throw sectionMissing('toll_free', number.e164)
  const {fields, editable} = await compareVerification(registrar, sid, form.tollFree)
  if (!editable)
    throw notEditable('toll-free-verification', sid, {
      why: "Twilio's time limit for it has passed.",
      instead: 'Delete it in the console (https://console.twilio.com), then run twilio:registration:submit.',
    })
  if (fields.length === 0 && reason === undefined) throw unchanged('toll-free-verification', rejected)
  return {review: await resubmitVerification(registrar, sid, {wanted: form.tollFree, reason}), fields}
}
