import type {AddonContext} from '../../../lib/addon/context.js'
import {ourCommand} from '../../../lib/command-line.js'
import type {ExportedFleet} from '../../../lib/fleet/document.js'
import {listOf} from '../../../lib/text.js'

/** Without a date: two files of the same add-ons are the same. */
export async function fleetYaml(
  document: ExportedFleet['document'],
  {main, registry, akkeris}: AddonContext,
): Promise<string> {
  const {stringify} = await import('yaml')
  const remark = [
    `# The Twilio add-ons at ${akkeris.host}, of the main account ${main.sid} (registry ${registry.name}).`,
    `# To make them so again: ${ourCommand('twilio:apply FILE')}`,
  ]
  return `${remark.join('\n')}\n${stringify(document, {lineWidth: 0}).trimEnd()}`
}

export function secretsLeftOut(appSpaces: readonly string[]): string {
  return `URLs with a password or a token in them were left out, of ${listOf(appSpaces, 'and')}: they stay as they are when the file is applied. To write them, too: ${ourCommand('twilio:export --show-secrets')}`
}
