import {ourCommand} from '../command-line.js'
import type {CodeOf} from '../error-codes.js'

interface DeliveryError {
  readonly code: CodeOf<'refused'>
  readonly message: string
  readonly suggestions: readonly string[]
}

const e164 = 'Give the number as + and country code and number, e.g. +18015556666, and check it digit by digit.'
const call = 'twilio:calls:create -a APP-SPACE'
const otherPhone = () => `Try another phone, or call: ${ourCommand(call)}.`
const otherNumber = () =>
  `Look at the number: ${ourCommand('twilio:number -a APP-SPACE')}. To take another one: ${ourCommand('twilio:number:change -a APP-SPACE')}.`
const noLandline = () =>
  `Landlines and some VoIP numbers cannot receive SMS: ask for a mobile number, or call: ${ourCommand(call)}.`
const registration = () => `See what its registration lacks: ${ourCommand('twilio:registration -a APP-SPACE')}`
const laterAgain = 'Send more slowly, and send this again later.'

const error = (code: CodeOf<'refused'>, message: string, ...suggestions: string[]): DeliveryError => ({
  code,
  message,
  suggestions,
})

/**
 * Why messages and calls are refused (21xxx), or are not delivered (30xxx, in the message itself): Twilio's codes
 * (https://www.twilio.com/docs/api/errors), in sentences.
 */
export const deliveryErrors = (): Readonly<Record<number, DeliveryError>> => ({
  21210: error('SENDER_INVALID', 'Twilio does not know the number that calls as one of this account.', otherNumber()),
  21211: error('RECIPIENT_INVALID', "The recipient's number cannot exist.", e164),
  21212: error('SENDER_INVALID', "The sender's number is not valid.", otherNumber()),
  21214: error('RECIPIENT_UNREACHABLE', 'The number cannot be reached from Twilio.', e164),
  21215: error(
    'COUNTRY_NOT_ENABLED',
    'Calls to the country of this number are not enabled.',
    `Enable it for the subaccount (https://console.twilio.com/us1/develop/voice/settings/geo-permissions); ${ourCommand('twilio:console -a APP-SPACE')} leads there.`,
  ),
  21216: error(
    'CALL_BLOCKED',
    'Twilio blocks calls to this number: for a high risk of fraud, by regulation, or because there is no customer profile.',
    'For numbers in +1 the account needs a Primary Customer Profile: https://console.twilio.com/us1/account/trust-hub. Otherwise ask Twilio support.',
  ),
  21217: error('RECIPIENT_INVALID', 'The number to be called cannot exist.', e164),
  21266: error('RECIPIENT_IS_SENDER', 'A number cannot send to itself.', 'Give another number.'),
  21408: error(
    'COUNTRY_NOT_ENABLED',
    'Messages to the country of this number are not enabled.',
    `Enable it for the subaccount (https://console.twilio.com/us1/develop/sms/settings/geo-permissions); ${ourCommand('twilio:console -a APP-SPACE')} leads there.`,
  ),
  21606: error(
    'SENDER_NOT_SMS_CAPABLE',
    'The number cannot send messages there, or does not belong to this account.',
    otherNumber(),
  ),
  21608: error(
    'RECIPIENT_NOT_VERIFIED',
    'Trial accounts, and accounts without an approved customer profile, may send only to verified numbers.',
    'Have the Primary Customer Profile approved: https://console.twilio.com/us1/account/trust-hub. Or verify the number.',
  ),
  21610: error(
    'RECIPIENT_OPTED_OUT',
    'The recipient sent STOP: they do not want messages from this number.',
    'Only they can undo it, by sending START to the number.',
  ),
  21611: error('SENDER_QUEUE_FULL', 'More messages are waiting than this number can send in ten hours.', laterAgain),
  21612: error(
    'ROUTE_UNAVAILABLE',
    'Twilio has no way to send from this number to that one.',
    'See what the country allows: https://www.twilio.com/en-us/guidelines/sms. A number of that country may work.',
  ),
  21614: error('RECIPIENT_NOT_SMS_CAPABLE', 'The number is not a mobile number.', noLandline()),
  21617: error('MESSAGE_TOO_LONG', 'One message holds 1,600 characters.', 'Send less, or several messages.'),
  21635: error('RECIPIENT_NOT_SMS_CAPABLE', 'The number is a landline.', noLandline()),
  21659: error('SENDER_INVALID', "The sender's number is not a Twilio number.", otherNumber()),
  30001: error('SENDER_QUEUE_FULL', 'More messages waited than the number could send.', laterAgain),
  30002: error(
    'ACCOUNT_NOT_ACTIVE',
    'The account was suspended before the message was sent.',
    `See ${ourCommand('addons:info twilio -a APP-SPACE')} and https://console.twilio.com.`,
  ),
  30003: error('RECIPIENT_UNREACHABLE', 'The phone is off, out of reach, or does not take messages.', otherPhone()),
  30004: error('MESSAGE_BLOCKED', 'The recipient or the carrier blocks such messages.', otherPhone()),
  30005: error('RECIPIENT_UNKNOWN', 'The number is unknown, or no longer in service.', e164),
  30006: error(
    'RECIPIENT_NOT_SMS_CAPABLE',
    'The number is a landline, or its carrier cannot be reached.',
    noLandline(),
  ),
  30007: error(
    'MESSAGE_FILTERED',
    'Twilio or the carrier filtered the message, as spam or because it is against their rules.',
    'Say who writes and why, avoid shortened links, and see https://www.twilio.com/en-us/legal/messaging-policy.',
  ),
  30008: error(
    'DELIVERY_FAILED',
    'The carrier did not deliver it and does not say why.',
    'Try once more, then another phone.',
  ),
  30032: error('NUMBER_NOT_VERIFIED', 'Toll-free numbers must be verified before they may send.', registration()),
  30034: error(
    'NUMBER_NOT_REGISTERED',
    'US carriers accept messages only from registered numbers (A2P 10DLC).',
    registration(),
  ),
})
