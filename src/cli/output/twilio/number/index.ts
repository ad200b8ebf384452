import type {PlanName} from '../../../../lib/addon/plans.js'
import {ourCommand} from '../../../../lib/command-line.js'
import type {NumberDocument} from '../../../../lib/number/document.js'
import {fields} from '../../fields.js'
import {capabilityList, webhookRows} from '../../numbers.js'
import {sendingWords} from '../../sending.js'

const configVarStates = (command: string): Readonly<Record<NumberDocument['configVar'], string>> => ({
  same: 'TWILIO_PHONE_NUMBER is this number',
  different: `TWILIO_PHONE_NUMBER is another number; \`${command}\` corrects it`,
  missing: `TWILIO_PHONE_NUMBER is missing; \`${command}\` restores it`,
  'no such app': 'the app no longer exists',
})

export function renderNumber(document: NumberDocument, plan: PlanName): string {
  const {appSpace, phoneNumber, capabilities, webhooks, configVar, sending, otherNumbers} = document
  return fields([
    ['Phone number', phoneNumber],
    ['Capabilities', capabilities ? capabilityList(capabilities) : 'none: the subaccount no longer has this number'],
    ...webhookRows(webhooks ?? {}),
    ['Config var', configVarStates(ourCommand(`addons:create twilio:${plan} -a ${appSpace}`))[configVar]],
    ['SMS to the US', sendingWords(appSpace, sending)],
    ...(otherNumbers.length > 0 ? [['Other numbers', otherNumbers.join(', ')] as const] : []),
  ])
}
