import {listChoices} from '../lib/number/search.js'
import type {NumberOptions} from '../lib/addon/number-options.js'
import {askChoice, requireTerminal} from './prompts.js'
import type {AvailableNumber} from '../lib/twilio/available-numbers.js'
import type {TwilioAccount} from '../lib/twilio/connect.js'

const question = 'Which number?'
const answerable = {flag: '--phone-number +1… (or leave --pick out)'}

/** @throws {Failure} `usage` without a terminal. */
export function requirePicking(): void {
  requireTerminal(question, answerable)
}

/** The number that a person chooses from those that can be bought, E.164. */
export async function pickNumber(main: TwilioAccount, options: NumberOptions): Promise<string> {
  requirePicking()
  const numbers = await listChoices(main, options)
  const choices = numbers.map((number) => ({value: number.e164, name: titleOf(number)}))
  return askChoice(question, choices, answerable)
}

function titleOf({friendlyName, locality, region}: AvailableNumber): string {
  return [friendlyName, locality, region].filter(Boolean).join('  ')
}
