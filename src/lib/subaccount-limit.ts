import {ourCommand} from './command-line.js'
import {usage} from './errors.js'
import {namedValues} from './named-values.js'

/** What Twilio gives a main account until it raises it. */
const usualLimit = 1000

/**
 * `5000`, for one profile alone `acme-prod=5000`, or both: `2000,acme-prod=5000`.
 * @throws {Failure} `usage`
 */
export function checkSubaccountLimit(text: string): string {
  const {forAll, named} = namedValues('subaccount-limit', text)
  const values = [...(forAll === undefined ? [] : [forAll]), ...named.values()]
  const wrong = values.find((value) => !/^[1-9]\d{0,6}$/.test(value))
  if (wrong === undefined) return text
  throw usage('SETTING_INVALID', `"${wrong}" is not a number of subaccounts.`, 'Give a whole number, e.g. 5000.')
}

/** Of the main account of a profile. */
export function subaccountLimit(
  {'subaccount-limit': setting = ''}: {readonly 'subaccount-limit'?: string},
  profile: string,
): number {
  const {forAll, named} = namedValues('subaccount-limit', setting)
  return Number(named.get(profile) ?? forAll ?? usualLimit)
}

/** What to do where no subaccount is left, or few are. */
export function moreSubaccounts(): readonly string[] {
  return [
    `Destroy unused add-ons: \`${ourCommand('twilio')}\` lists them. Suspended ones count, closed ones do not.`,
    `Or ask Twilio support for a higher limit (https://help.twilio.com/articles/223183128), then: ${ourCommand('twilio:settings set subaccount-limit NUMBER')}`,
    `Or use a second main account: ${ourCommand('twilio:login --profile NAME')} (docs/login.md).`,
  ]
}
