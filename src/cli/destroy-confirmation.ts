import {Flags} from '@oclif/core'

import type {AddonContext} from '../lib/addon/context.js'
import {ourCommand} from '../lib/command-line.js'
import {previewRegistrationEnd} from '../lib/lifecycle/destroy/preview-registration.js'
import {previewSimTeardown} from '../lib/lifecycle/destroy/preview-sims.js'
import {helpGroupOfMany} from './flags/bulk.js'
import {consequences, manyConsequences, registrationConsequences, simConsequences} from './output/addons/destroy.js'
import type {NamedConfirmation} from './prompts.js'

export const confirmFlag = Flags.string({
  char: 'c',
  description: "the app-space's name again, instead of being asked",
  helpValue: 'APP-SPACE',
  exclusive: ['apps-from'],
})

export const confirmCountFlag = Flags.integer({
  description: 'how many app-spaces the list has, instead of being asked',
  helpValue: 'N',
  dependsOn: ['apps-from'],
  helpGroup: helpGroupOfMany,
})

/** That an add-on is destroyed is confirmed with the name of its app-space. */
export function confirmationOf(
  appSpace: string,
  {given, keepNumber}: {readonly given: string | undefined; readonly keepNumber: boolean},
): NamedConfirmation {
  return {
    name: appSpace,
    given,
    command: destroyCommand(`-a ${appSpace} --confirm ${appSpace}`, keepNumber),
    consequences: consequences(appSpace, {keepNumber}),
  }
}

/** That many are, with how many they are. */
export function confirmationOfMany(
  many: number,
  {given, path, keepNumber}: {readonly given: number | undefined; readonly path: string; readonly keepNumber: boolean},
): NamedConfirmation {
  return {
    name: String(many),
    flag: '--confirm-count',
    given: given === undefined ? undefined : String(given),
    command: destroyCommand(`--apps-from ${path} --confirm-count ${many}`, keepNumber),
    consequences: manyConsequences(many),
  }
}

/** Without --keep-number, whoever copies it would lose the number. */
function destroyCommand(confirmed: string, keepNumber: boolean): string {
  return ourCommand(`addons:destroy twilio ${confirmed}${keepNumber ? ' --keep-number' : ''}`)
}

/** What ends with the add-on besides its number; a sentence for each. */
export async function whatElseEnds(context: AddonContext, appSpace: string): Promise<readonly string[]> {
  const [teardown, registration] = await Promise.all([
    previewSimTeardown(context, appSpace),
    previewRegistrationEnd(context, appSpace),
  ])
  return [
    ...(teardown ? simConsequences(teardown) : []),
    ...(registration ? [registrationConsequences(registration)] : []),
  ]
}
