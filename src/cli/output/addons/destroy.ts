import type {Sim} from '../../../lib/carrier/port.js'
import {carriers} from '../../../lib/carrier/service.js'
import type {EndingRegistration} from '../../../lib/lifecycle/destroy/preview-registration.js'
import type {DestroyedDocument} from '../../../lib/lifecycle/document.js'
import {stepWords} from '../../../lib/registration/steps.js'
import type {TeardownPlan} from '../../../lib/sims/teardown.js'
import {listOf, numberOf} from '../../../lib/text.js'

export function renderDestroyed(document: DestroyedDocument): string {
  const {destroyed, appSpace, accountSid, removedVars, keptNumbers, sims} = document
  if (!destroyed) return `${appSpace} has no Twilio add-on; there was nothing to destroy.`
  const done: readonly [string, readonly string[]][] = [
    ['Closed', accountSid === null ? [] : [accountSid]],
    ['Removed config vars', removedVars],
    ['Moved to the main account', keptNumbers],
    ['Returned to stock', sims.toStock],
    ['Deactivated', sims.deactivated],
    ['Cancelled orders', sims.cancelledOrders],
  ]
  return [
    `The Twilio add-on of ${appSpace} was destroyed.`,
    ...done.filter(([, what]) => what.length > 0).map(([label, what]) => `  ${label}: ${what.join(', ')}`),
  ].join('\n')
}

/** Before a person is asked. */
export function consequences(appSpace: string, {keepNumber}: {readonly keepNumber: boolean}): string {
  const number = keepNumber
    ? 'Its number is moved to the main account first.'
    : 'Its number is released and can usually not be bought back (--keep-number keeps it).'
  return `This closes the Twilio subaccount of ${appSpace} for good: its messages and recordings are lost.\n${number}`
}

/** What ends with its registration for SMS to the US. */
export function registrationConsequences({phoneNumber, steps, isVerified}: EndingRegistration): string {
  const what = listOf(
    steps.map((step) => stepWords[step]),
    'and',
  )
  const stops = isVerified ? ` SMS to the US from ${phoneNumber} end.` : ''
  const again = steps.includes('toll-free-verification') ? 'registered again' : 'registered, and paid for, again'
  return `The registration (${what}) is deleted with the subaccount, and cannot be moved: another number has to be ${again}.${stops}`
}

/** The same of many. */
export function manyRegistrationConsequences(appSpaces: readonly string[]): string | undefined {
  if (appSpaces.length === 0) return undefined
  const has = appSpaces.length === 1 ? 'app-space has' : 'app-spaces have'
  return `${appSpaces.length} ${has} a registration for SMS to the US: ${shortList(appSpaces)}. It is deleted with the subaccount, campaign and all, and cannot be moved: no number can send through it any longer, and another number has to be registered, and paid for, again.`
}

function shortList(names: readonly string[]): string {
  const shown = 5
  const rest = names.length - shown
  return rest > 1 ? `${names.slice(0, shown).join(', ')} and ${rest} more` : names.join(', ')
}

/** What is lost with many add-ons. */
export function manyConsequences(many: number): string {
  return [
    `This closes the Twilio subaccounts of ${numberOf(many, 'app-space')} for good: their messages and recordings are lost.`,
    'Numbers are released unless --keep-number is given; SIM cards in use are deactivated, open orders cancelled.',
    'To see what would be destroyed: add --dry-run.',
  ].join('\n')
}

/** What becomes of its SIMs; a sentence for each kind that there is. */
export function simConsequences({neverActivated, connected, others, outstanding, carrier}: TeardownPlan): string[] {
  const {isInSubaccount, title, stock} = carriers[carrier]
  const end = isInSubaccount ? 'closed with the subaccount' : `left in the account at ${title}`
  return [
    neverActivated.length > 0 &&
      `${cards(neverActivated)} that ${were(neverActivated)} never activated ${are(neverActivated)} returned to ${stock}.`,
    connected.length > 0 && `${cards(connected)} in use ${are(connected)} deactivated and ${end}.`,
    others.length > 0 && `${cards(others)} not in use ${are(others)} ${end}.`,
    outstanding.length > 0 && `Open orders are cancelled: ${outstanding.map(({order}) => order).join(', ')}.`,
  ].filter((sentence) => sentence !== false)
}

const cards = ({length}: readonly Sim[]) => numberOf(length, 'SIM')
const were = ({length}: readonly Sim[]) => (length === 1 ? 'was' : 'were')
const are = ({length}: readonly Sim[]) => (length === 1 ? 'is' : 'are')
