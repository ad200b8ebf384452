import {labelsInWords} from '../../lib/addon/labels.js'
import {type PlanName, plans} from '../../lib/addon/plans.js'
import type {AlertsSetDocument} from '../../lib/alerts/document.js'
import type {
  DestroyDocument,
  DestroyPreviewDocument,
  PlanChangeDocument,
  RotatedDocument,
  RotateDocument,
  StatusDocument,
} from '../../lib/lifecycle/document.js'
import type {LabelsDocument} from '../../lib/lifecycle/set-labels.js'
import type {NumberSettingDocument} from '../../lib/number/document.js'
import type {RegistrationDocument} from '../../lib/registration/document.js'
import {stepWords} from '../../lib/registration/steps.js'
import {count, listOf, numberOf} from '../../lib/text.js'
import {webhookTitles} from './numbers.js'
import {minute} from './time.js'
import {openStep, stateOfStep, stepTitles} from './twilio/registration/words.js'

/** What became of one of many, or would with --dry-run, behind the name of its app-space. */

export function destroyedInBrief(document: DestroyDocument): string {
  if (!('dryRun' in document)) {
    const {destroyed, keptNumbers} = document
    if (!destroyed) return 'has no Twilio add-on'
    const were = keptNumbers.length === 1 ? 'was' : 'were'
    const kept = keptNumbers.length === 0 ? '' : `; ${listOf(keptNumbers, 'and')} ${were} moved to the main account`
    return `no longer has a Twilio add-on${kept}`
  }
  const {exists, plan, phoneNumber, keepNumber, accountSid} = document
  if (!exists) return 'has no Twilio add-on: nothing would be done'
  const number = phoneNumber === null ? '' : `, ${phoneNumber} ${keepNumber ? 'moved to the main account' : 'released'}`
  const lost = plan === null ? 'its add-on' : `twilio:${plan}`
  if (accountSid === null) return `would lose ${lost}, which has no subaccount yet`
  return `would lose ${lost}: ${accountSid} closed${number}${endOfRegistration(document)}`
}

function endOfRegistration({registration}: Pick<DestroyPreviewDocument, 'registration'>): string {
  if (!registration) return ''
  const {phoneNumber, steps, isVerified} = registration
  const what = listOf(
    steps.map((step) => stepWords[step]),
    'and',
  )
  return `; its registration (${what}) deleted${isVerified ? `: SMS to the US from ${phoneNumber} end` : ''}`
}

export function planInBrief(document: PlanChangeDocument): string {
  const {from, plan, usageAbove} = document
  const above = usageAbove.length > 0 ? '; more was used this month than it includes' : ''
  const changes = 'dryRun' in document ? from !== plan : document.changed
  if (!changes) return `already has twilio:${plan}${above}`
  return `${'dryRun' in document ? 'would have' : 'now has'} twilio:${plan} instead of twilio:${from}${above}`
}

export function renderRotated(document: RotatedDocument): string {
  const {appSpace, accountSid, rotated} = document
  return rotated
    ? `${accountSid} has a new auth token, and ${appSpace} runs with it. The old one no longer works.`
    : `${appSpace} ${rotatedInBrief(document)}; nothing was changed.`
}

export function rotatedInBrief(document: RotateDocument): string {
  const {rotatedAt} = document
  if ('dryRun' in document && document.resumes) return 'would finish an interrupted rotation'
  const isRotated = 'dryRun' in document ? document.wouldRotate : document.rotated
  if (!isRotated)
    return `has an auth token that is not that old${rotatedAt === null ? '' : ` (of ${minute(rotatedAt)})`}`
  return 'dryRun' in document ? 'would get a new auth token' : `runs with a new auth token (${document.accountSid})`
}

export function statusInBrief(document: StatusDocument): string {
  const {status} = document
  if ('dryRun' in document) {
    if (!document.wouldChange) return `is ${status} already`
    return status === 'active' ? 'would work again' : 'would be suspended'
  }
  if (!document.changed) return `was ${status} already`
  return status === 'active' ? 'works again' : 'is suspended'
}

export function registrationInBrief({sending, steps}: RegistrationDocument): string {
  if (sending.state === 'not-needed') return 'needs no registration'
  const at = openStep(steps)
  return at ? `is at ${stepTitles[at.step]}: ${stateOfStep(at)}` : 'is registered'
}

export function alertsInBrief(document: AlertsSetDocument): string {
  if (!('dryRun' in document)) return `has ${numberOf(document.alerts.length, 'alert')}`
  const [set, removed] = ['POST', 'DELETE'].map((verb) => document.calls.filter(({method}) => method === verb).length)
  if (!set && !removed) return 'has these alerts already'
  return `would have ${listOf([...(set ? [`${numberOf(set, 'alert')} set`] : []), ...(removed ? [`${removed} removed`] : [])], 'and')}`
}

export function numberInBrief(document: NumberSettingDocument): string {
  const {phoneNumber} = document
  const names = 'dryRun' in document ? document.wouldChange : document.changed
  if (names.length === 0) return `already has ${phoneNumber} set this way`
  const what = `the ${listOf(
    names.map((name) => webhookTitles[name]),
    'and',
  )} of ${phoneNumber}`
  return 'dryRun' in document ? `would have ${what} changed` : `now has ${what} set`
}

export function labelsInBrief({dryRun, labels, changed}: LabelsDocument): string {
  const words = labelsInWords(labels)
  if (!changed) return words === '' ? 'has no labels' : `already has the labels ${words}`
  if (words === '') return dryRun ? 'would have no labels' : 'no longer has labels'
  return `${dryRun ? 'would have' : 'now has'} the labels ${words}`
}

/** Of what is destroyed. */
export function costNoLonger(documents: readonly DestroyDocument[]): string {
  const previews = documents.flatMap((document) => ('dryRun' in document ? [document] : []))
  if (previews.length === 0) {
    const done = documents.filter((document) => 'destroyed' in document && document.destroyed)
    return `${done.length} destroyed; ${documents.length - done.length} had no add-on.`
  }
  const dollars = previews.map(({pricePerMonth}) => pricePerMonth)
  return `${previews.filter(({exists}) => exists).length} would be destroyed: ${perMonth(dollars)} less.`
}

/** Of add-ons that get other plans. */
export function costOfPlans(documents: readonly PlanChangeDocument[]): string {
  const moved = documents.filter((document) => document.from !== document.plan)
  const verb = moved.some((document) => 'dryRun' in document) ? 'would change plans' : 'changed plans'
  return `${moved.length} ${verb}: ${priceChange(moved)}.`
}

/** `$100 a month more` */
export function priceChange(changes: readonly {readonly from: PlanName; readonly plan: PlanName}[]): string {
  const difference = changes.map(({from, plan}) => plans[plan].pricePerMonth - plans[from].pricePerMonth)
  const sum = difference.reduce((all, each) => all + each, 0)
  return `${perMonth([Math.abs(sum)])} ${sum < 0 ? 'less' : 'more'}`
}

export function perMonth(dollars: readonly number[]): string {
  return `$${count(dollars.reduce((all, each) => all + each, 0))} a month`
}
