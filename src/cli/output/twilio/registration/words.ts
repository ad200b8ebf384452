import type {RegistrationStep} from '../../../../lib/registration/document.js'

export const stepTitles: Readonly<Record<RegistrationStep['step'], string>> = {
  'customer-profile': 'Customer profile',
  'a2p-profile': 'A2P profile',
  brand: 'Brand',
  'messaging-service': 'Messaging service',
  campaign: 'Campaign',
  'toll-free-verification': 'Toll-free verification',
}

/** Where it stands: `approved`, `in review`; and whether it is a mock one, which registers nothing. */
export function stateOfStep({state, mock}: Pick<RegistrationStep, 'state' | 'mock'>): string {
  return mock ? `${stateWords[state]} (mock)` : stateWords[state]
}

/** Why the number may not send: the first step that is not done, else one that counts for nothing. */
export function openStep(steps: readonly RegistrationStep[]): RegistrationStep | undefined {
  return steps.find(({state}) => state !== 'approved') ?? steps.findLast(({mock}) => mock)
}

const stateWords: Readonly<Record<RegistrationStep['state'], string>> = {
  missing: 'not started',
  draft: 'not submitted',
  'in-review': 'in review',
  approved: 'approved',
  rejected: 'rejected',
}
