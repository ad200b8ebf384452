import type {AddonRecord} from '../../../lib/addon/record.js'
import {carriers} from '../../../lib/carrier/service.js'
import {ourCommand} from '../../../lib/command-line.js'
import type {AccountStatusDocument} from '../../../lib/lifecycle/document.js'
import {numberOf} from '../../../lib/text.js'
import type {Colors} from '../colors.js'
import {nextStep} from '../next-steps.js'

/** Before a person is asked. */
export function suspensionConsequences(appSpace: string): string {
  return `${appSpace} will not be able to make or receive calls or messages, and its API requests will be refused.`
}

/** Before many. */
export function suspensionQuestion(many: number): string {
  return `Suspend ${numberOf(many, 'app-space')}? They will not be able to make or receive calls or messages, and their API requests will be refused.`
}

/** What goes on working, and what to do about it; undefined where nothing does. */
export function notSuspended({appSpace, simCarrier = 'twilio'}: AddonRecord): string | undefined {
  const {isInSubaccount, title} = carriers[simCarrier]
  if (isInSubaccount) return undefined
  return `The SIM cards of ${appSpace} are with ${title} and stay active. To stop them, too, deactivate each: ${ourCommand(`twilio:sims:deactivate SIM -a ${appSpace}`)}`
}

export function renderSuspended({appSpace, accountSid, changed}: AccountStatusDocument, colors: Colors): string {
  return [
    changed ? `${appSpace} is suspended (${accountSid}).` : `${appSpace} was already suspended.`,
    '  Refused: calls and messages, in and out, and API requests with its credentials.',
    '  Kept: its number, its SIM cards and its config vars; Twilio continues to charge for what is held.',
    nextStep(`To see its usage: ${ourCommand(`twilio:usage -a ${appSpace}`)}`, colors),
    nextStep(`To let it work again: ${ourCommand(`twilio:resume -a ${appSpace}`)}`, colors),
  ].join('\n')
}
