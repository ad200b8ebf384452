import type {FleetRegistrationDocument, RegistrationDocument} from '../../../../lib/registration/document.js'
import {table} from '../../table.js'
import {age} from '../../time.js'
import {openStep, stateOfStep, stepTitles} from './words.js'

const sendingColumn: Readonly<Record<RegistrationDocument['sending']['state'], string>> = {
  'not-needed': 'not needed',
  verified: 'registered',
  unknown: 'unknown',
  'not-registered': 'blocked',
  'in-review': 'blocked',
  rejected: 'blocked',
}

/** `twilio:registration --all`: one line per add-on, with the step that it is at. */
export function renderRegistrations({
  registrations,
  notRead,
}: Pick<FleetRegistrationDocument, 'registrations' | 'notRead'>): string {
  if (registrations.length + notRead.length === 0) return 'No add-on has a number yet.'
  const rows = registrations.map(({appSpace, phoneNumber, sending, steps}) => {
    const at = openStep(steps)
    return [
      appSpace,
      phoneNumber,
      sendingColumn[sending.state],
      at ? `${stepTitles[at.step]}: ${stateOfStep(at)}` : '',
      at?.since ? age(at.since) : '',
    ]
  })
  const unread = notRead.map(({appSpace, error}) => [appSpace, '–', `not read: ${error.code}`, '', ''])
  return table(['App-space', 'Number', 'SMS to the US', 'Step', 'Since'], [...rows, ...unread], {optional: [4]})
}
