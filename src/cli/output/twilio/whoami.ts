import {roles, type WhoamiDocument} from '../../../lib/addon/main-account-document.js'
import {carriers} from '../../../lib/carrier/service.js'
import {ourCommand} from '../../../lib/command-line.js'
import {fields} from '../fields.js'

export function renderMainAccount({
  accountSid,
  friendlyName,
  type,
  status,
  apiKey,
  source,
  profile,
  profileChosenBy,
  role,
  akkeris,
  sims,
}: WhoamiDocument): string {
  return fields([
    ['Account', accountSid],
    ['Name', friendlyName],
    ['Type', type],
    ['Status', status],
    ['Credentials', `${apiKey === null ? 'auth token' : `API key ${apiKey}`}, from ${source}`],
    ...(profile === null
      ? []
      : [['Profile', profileChosenBy === null ? profile : `${profile}, named by ${profileChosenBy}`] as const]),
    ['Role', roles[role]],
    [
      'Akkeris',
      akkeris === null
        ? `no login (${ourCommand('twilio:doctor')} says why)`
        : `${akkeris.host}, login from ${akkeris.source}`,
    ],
    [
      'SIMs',
      `${carriers[sims.carrier].title}${sims.clientId === null ? '' : `, API client ${sims.clientId}, from ${sims.source ?? ''}`}`,
    ],
  ])
}
