import {ourCommand} from '../../../lib/command-line.js'
import type {ProfilesDocument} from '../../../lib/profiles-document.js'
import {table} from '../table.js'

export function renderProfiles({default: usual, inUse, profiles}: ProfilesDocument): string {
  if (profiles.length === 0) return `Nobody is logged in. To log in: ${ourCommand('twilio:login')}`
  const hasKore = profiles.some(({koreClientId}) => koreClientId !== null)
  const rows = profiles.map(({name, accountSid, apiKey, koreClientId}) => [
    name,
    accountSid ?? '–',
    accountSid === null ? '–' : apiKey === null ? 'auth token' : 'API key',
    ...(hasKore ? [koreClientId ?? '–'] : []),
    [...(name === inUse ? ['in use'] : []), ...(name === usual ? ['default'] : [])].join(', '),
  ])
  return table(['Profile', 'Main account', 'Login', ...(hasKore ? ['KORE'] : []), ''], rows)
}
