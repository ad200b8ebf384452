import type {LoginDocument} from '../../../lib/addon/main-account-document.js'
import {ourCommand} from '../../../lib/command-line.js'
import {usualProfile} from '../../../lib/profiles.js'
import type {Settings} from '../../../lib/settings.js'

export function renderLogin(document: LoginDocument): string {
  const {profile, savedIn} = document
  if (savedIn === null) return 'The sandbox needs no login.'
  if ('carrier' in document) return `Logged in to KORE as ${document.clientId ?? ''}.\nSaved in ${savedIn}`
  const {accountSid, friendlyName, type} = document
  return [
    `Logged in to ${friendlyName || accountSid} (${accountSid}, ${type}).`,
    `Saved in ${savedIn}${profile === usualProfile ? '' : ` as profile ${profile}`}`,
  ].join('\n')
}

/** What keeps the login from being of use, if anything does. */
export function loginWarning(document: LoginDocument, {'sim-carrier': carrier}: Settings): string | undefined {
  if (document.savedIn === null) return undefined
  if ('carrier' in document)
    return carrier === 'twilio'
      ? `SIMs are still those of Twilio: ${ourCommand('twilio:settings unset sim-carrier')}`
      : undefined
  return document.type === 'Trial' ? 'A trial account cannot buy numbers in subaccounts: upgrade it first.' : undefined
}
