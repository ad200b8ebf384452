import {ourCommand} from '../command-line.js'
import {type Failure, refused, usage} from '../errors.js'
import {isDefinite} from '../registry/operation.js'
import type {Reason, Review} from '../twilio/reviews.js'
import {type StepName, stepWords} from './steps.js'

/** Whether a step must be waited for. @throws {Failure} `refused` where it was rejected */
export function isPending(step: StepName, review: Review, appSpace: string): boolean {
  if (review.state !== 'rejected') return review.state !== 'approved'
  throw refused(
    'REGISTRATION_REJECTED',
    `The ${stepWords[step]} ${review.sid} was rejected: ${sentences(review.reasons)}`,
    `Correct the file, then submit it again: ${ourCommand(`twilio:registration:fix -a ${appSpace} --file FILE`)}`,
  )
}

export function mockCampaign(sid: string, appSpace: string): Failure {
  return refused(
    'REGISTRATION_IS_MOCK',
    `The messaging service has a campaign of a mock brand (${sid}), which registers nothing, and it can have only one.`,
    `Delete it in Twilio's console (${ourCommand(`twilio:console -a ${appSpace}`)} leads there), then run this again.`,
  )
}

export function noncompliant(what: string, lacks: readonly Reason[]): Failure {
  return refused(
    'REGISTRATION_INCOMPLETE',
    `The ${what} does not comply with Twilio's policy: ${sentences(lacks)}`,
    'Nothing was submitted. Correct the file, then run this again.',
  )
}

export function sectionMissing(section: 'campaign' | 'toll_free', e164: string): Failure {
  return usage(
    'REGISTRATION_FILE_INVALID',
    `The file has no section ${section}, which ${e164} needs.`,
    `To write such a file: ${ourCommand(`twilio:registration:init${section === 'toll_free' ? ' --for toll-free' : ''} --file FILE`)}`,
    'Its fields are in docs/registrations.md; several app-spaces can share the others (--campaign).',
  )
}

export function notNeeded(appSpace: string, e164: string): Failure {
  return usage(
    'REGISTRATION_NOT_NEEDED',
    `${e164} is not a US number: it needs no registration.`,
    `See ${ourCommand(`twilio:number -a ${appSpace}`)}`,
  )
}

/**
 * What is refused is not resumed, but corrected.
 * @param line e.g. `submit -a api-default --mock`: without a flag of the first run, the next could do something else.
 */
export function resumeBy(line: string): (failure: Failure) => string[] {
  const command = ourCommand(`twilio:registration:${line}`)
  return (failure) => (isDefinite(failure) ? [] : [`To resume: run \`${command}\` again, with the same file.`])
}

export function unchanged(step: StepName, {sid, reasons}: Pick<Review, 'sid' | 'reasons'>): Failure {
  return refused(
    'REGISTRATION_UNCHANGED',
    `The file does not change what was rejected in the ${stepWords[step]} ${sid}: ${sentences(reasons)}`,
    'Correct the file. If the problem was not in the file (say, the website was down): add --reason TEXT.',
  )
}

export function notEditable(step: StepName, sid: string, {why, instead}: {why: string; instead: string}): Failure {
  return refused('REGISTRATION_NOT_EDITABLE', `The ${stepWords[step]} ${sid} cannot be edited: ${why}`, instead)
}

function sentences(reasons: readonly Reason[]): string {
  if (reasons.length === 0) return 'Twilio gives no reason.'
  return reasons
    .map(
      ({code, message, fields}) =>
        `${message}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}${code === null ? '' : ` [${code}]`}`,
    )
    .join(' ')
}
