import type {RegistrationStep} from '../../../../lib/registration/document.js'

export const stepTitles: Readonly<Record<RegistrationStep['step'], string>> = {
  'customer-profile': 'Customer profile',
  'a2p-profile': 'A2P profile',
  brand: 'Brand',
  'messaging-service': 'Messaging service',
  campaign: 'Campaign',
  'toll-free-verification': 'Toll-free verification',
}

export const stateWords: Readonly<Record<RegistrationStep['state'], string>> = {
  missing: 'not started',
  draft: 'not submitted',
  'in-review': 'in review',
  approved: 'approved',
  rejected: 'rejected',
}
