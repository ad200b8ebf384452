import type {WhoamiDocument} from '../../../lib/addon/main-account-document.js'
import {fields} from '../fields.js'

export function renderMainAccount({accountSid, friendlyName, type, status, apiKey, source}: WhoamiDocument): string {
  return fields([
    ['Account', accountSid],
    ['Name', friendlyName],
    ['Type', type],
    ['Status', status],
    ['Credentials', `${apiKey === null ? 'auth token' : `API key ${apiKey}`}, from ${source}`],
  ])
}
