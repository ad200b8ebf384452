import {ourCommand} from '../../lib/command-line.js'
import type {Reason} from '../../lib/twilio/reviews.js'
import type {Sending} from '../../lib/twilio/sending.js'
import {age} from './time.js'

/** Whether a number's SMS reach US phones, and what to do where they do not. */
export function sendingWords(appSpace: string, {state, since, reasons}: Sending): string {
  const more = ourCommand(`twilio:registration -a ${appSpace}`)
  const waited = since === null ? 'now' : age(since)
  const waiting = waited === 'now' ? '' : `, for ${waited}`
  switch (state) {
    case 'not-needed':
      return 'no registration needed'
    case 'verified':
      return 'registered'
    case 'unknown':
      return 'unknown: Twilio did not say whether the number is registered'
    case 'not-registered':
      return `blocked until the number is registered\n${more}`
    case 'in-review':
      return `blocked while the registration is in review${waiting}\n${more}`
    case 'rejected':
      return ['blocked: the registration was rejected', ...reasons.map(reasonWords), more].join('\n')
  }
}

export function reasonWords({code, message, fields}: Reason): string {
  return `${code === null ? '' : `${code}: `}${message}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}`
}

/** The same in a column. */
export function sendingInBrief({state, since}: Sending): string {
  switch (state) {
    case 'not-needed':
      return 'not needed'
    case 'verified':
      return 'registered'
    case 'unknown':
      return 'unknown'
    case 'not-registered':
      return 'blocked: not registered'
    case 'in-review':
      return `blocked: in review${since === null || age(since) === 'now' ? '' : `, ${age(since)}`}`
    case 'rejected':
      return 'blocked: rejected'
  }
}
