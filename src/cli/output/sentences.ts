import type {Unfinished} from '../../lib/addon/unfinished.js'
import {ourCommand} from '../../lib/command-line.js'

/** Sentences that several commands print. */
export const noAddons = 'No app-space has a Twilio add-on yet.'

/** Keys of the registry's items that cannot be read. */
export function skippedItems(keys: readonly string[]): string {
  return `Skipped, because this version of aka-twilio cannot read them: ${keys.join(', ')}`
}

/** What was begun with an add-on and interrupted. */
export function unfinishedOperation({what, command, leased}: Unfinished): string {
  if (leased) return `In progress: ${what}. If no run is working on it any more, resume it: ${command}`
  return `Interrupted: ${what}. To resume: ${command}`
}

/** Before something is sent that US carriers will not deliver. */
export function blockedInUs(appSpace: string, number: string): string {
  return `US carriers do not deliver SMS from ${number}: it is not registered. See ${ourCommand(`twilio:registration -a ${appSpace}`)}`
}
