import type {AddonContext} from '../lib/addon/context.js'
import type {NumberOptions} from '../lib/addon/number-options.js'
import type {CreateRequest} from '../lib/lifecycle/create/request.js'
import type {ChangeRequest} from '../lib/number/change/request.js'
import {listChoices} from '../lib/number/search.js'
import type {AvailableNumber} from '../lib/twilio/available-numbers.js'
import type {TwilioAccount} from '../lib/twilio/connect.js'
import {askChoice, requireTerminal} from './prompts.js'

const question = 'Which number?'
const answerable = {flag: '--phone-number +1… (or leave --pick out)'}

/** Not for an add-on that is there: it has its number. */
export async function pickForCreate({registry, main}: AddonContext, request: CreateRequest): Promise<CreateRequest> {
  requireTerminal(question, answerable)
  if (await registry.read(request.appSpace)) return request
  const phoneNumber = await pick(main, request.intent)
  return {...request, intent: {...request.intent, phoneNumber}, explicit: new Set([...request.explicit, 'phoneNumber'])}
}

/** Not where a change was interrupted: that one is resumed. */
export async function pickForChange({registry, main}: AddonContext, request: ChangeRequest): Promise<ChangeRequest> {
  requireTerminal(question, answerable)
  const entry = await registry.read(request.appSpace)
  if (entry?.record.state !== 'ready') return request
  const phoneNumber = await pick(main, request.options)
  return {
    ...request,
    options: {...request.options, phoneNumber},
    explicit: new Set([...request.explicit, 'phoneNumber']),
  }
}

/** Before any lease is acquired: nobody waits for somebody who is reading a list. */
async function pick(main: TwilioAccount, options: NumberOptions): Promise<string> {
  const numbers = await listChoices(main, options)
  const choices = numbers.map((number) => ({value: number.e164, name: titleOf(number)}))
  return askChoice(question, choices, answerable)
}

function titleOf({friendlyName, locality, region}: AvailableNumber): string {
  return [friendlyName, locality, region].filter(Boolean).join('  ')
}
