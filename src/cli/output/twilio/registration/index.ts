import type {RegistrationDocument, RegistrationStep} from '../../../../lib/registration/document.js'
import {fields} from '../../fields.js'
import {reasonWords, sendingWords} from '../../sending.js'
import {age} from '../../time.js'

const kinds: Readonly<Record<RegistrationDocument['kind'], string>> = {
  local: 'US local (A2P 10DLC)',
  'toll-free': 'toll-free',
  foreign: 'not a US number',
}

const stepTitles: Readonly<Record<RegistrationStep['step'], string>> = {
  'customer-profile': 'Customer profile',
  'a2p-profile': 'A2P profile',
  brand: 'Brand',
  'messaging-service': 'Messaging service',
  campaign: 'Campaign',
  'toll-free-verification': 'Toll-free verification',
}

export function renderRegistration({appSpace, phoneNumber, kind, sending, steps}: RegistrationDocument): string {
  // The command that it names is this one.
  const [sendingNow = ''] = sendingWords(appSpace, sending).split('\n')
  return fields([
    ['Phone number', `${phoneNumber}, ${kinds[kind]}`],
    ['SMS to the US', sendingNow],
    ...steps.map((step) => [stepTitles[step.step], stepWords(step)] as const),
  ])
}

const stateWords: Readonly<Record<RegistrationStep['state'], string>> = {
  missing: 'not begun',
  draft: 'not handed in',
  'in-review': 'in review',
  approved: 'approved',
  rejected: 'rejected',
}

function stepWords({step, state, sid, since, reasons}: RegistrationStep): string {
  if (sid === null) return stateWords[state]
  const word = step === 'messaging-service' ? 'has the number' : stateWords[state]
  const known = [word, ...(since === null ? [] : [ageWords(since)]), sid].join(', ')
  return [known, ...reasons.map(reasonWords)].join('\n')
}

function ageWords(since: string): string {
  const time = age(since)
  return time === 'now' ? 'since now' : `for ${time}`
}
