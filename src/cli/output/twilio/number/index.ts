import {ourCommand} from '../../../../lib/command-line.js'
import type {NumberDocument} from '../../../../lib/number/document.js'
import {fields} from '../../fields.js'
import {capabilityList, webhookRows} from '../../numbers.js'

const configVarStates = (): Readonly<Record<NumberDocument['configVar'], string>> => ({
  same: 'TWILIO_PHONE_NUMBER is this number',
  different: `TWILIO_PHONE_NUMBER is another number; \`${ourCommand('addons:create')}\` corrects it`,
  missing: `TWILIO_PHONE_NUMBER is missing; \`${ourCommand('addons:create')}\` restores it`,
  'no such app': 'the app is gone',
})

export function renderNumber(document: NumberDocument): string {
  const {phoneNumber, capabilities, webhooks, configVar, pendingRegistrations, otherNumbers} = document
  return fields([
    ['Phone number', phoneNumber],
    ['Capabilities', capabilities ? capabilityList(capabilities) : 'nothing: the subaccount no longer has it'],
    ...webhookRows(webhooks ?? {}),
    ['Config var', configVarStates()[configVar]],
    ['Pending', pendingRegistrations ?? 'nothing'],
    ...(otherNumbers.length > 0 ? [['Other numbers', otherNumbers.join(', ')] as const] : []),
  ])
}
