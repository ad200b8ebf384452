import {listChoices} from '../addon/choose-number.js'
import type {NumberWishes} from '../addon/record.js'
import {askChoice, requireTerminal} from '../ask.js'
import type {AvailableNumber} from '../twilio/numbers.js'
import type {TwilioAccount} from '../twilio/connect.js'

const question = 'Which number?'
const answerable = {flag: '--phone-number +1… (or leave --pick out)'}

/** @throws {Failure} `usage` without a terminal. */
export function requirePicking(): void {
  requireTerminal(question, answerable)
}

/** The number that a person chooses from those that can be bought, E.164. */
export async function pickNumber(main: TwilioAccount, wishes: NumberWishes): Promise<string> {
  requirePicking()
  const numbers = await listChoices(main, wishes, wishes)
  const choices = numbers.map((number) => ({value: number.e164, name: titleOf(number)}))
  return askChoice(question, choices, answerable)
}

function titleOf({friendlyName, locality, region}: AvailableNumber): string {
  return [friendlyName, locality, region].filter(Boolean).join('  ')
}
