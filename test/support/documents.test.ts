import {describe, expect, it} from '@jest/globals'

import {checkDocument} from './documents.js'

const suspended = {appSpace: 'api-dev', accountSid: 'AC1', status: 'suspended', changed: true}
const failure = {code: 'ARGUMENTS_INVALID', message: 'Wrong.', suggestions: [], exitCode: 2}

const check = (args: string, document: unknown, signal: NodeJS.Signals | null = null) => {
  const stdout = typeof document === 'string' ? document : JSON.stringify(document)
  return () => checkDocument(args.split(' '), {exitCode: 0, signal, stdout, stderr: ''})
}

const registration = {
  ...{brandOnce: 1, brandWithVettingOnce: 1, campaignVettingOnce: 1, campaignPerMonthFrom: 1},
  priceList: 'https://example.com',
}

describe('a document that a command prints with --json', () => {
  it.each<[string, string, unknown]>([
    ['a result', 'twilio:suspend -a api-dev --yes --json', suspended],
    ['a failure', 'twilio:suspend -a api-dev --json', {error: failure}],
    [
      'a result of an alias',
      'twilio:plans --json',
      {plans: [], simCards: {perMonthFromFirstCard: 1, perCardOnce: 1}, registration, notIncluded: []},
    ],
    ['one of several results', 'twilio:settings get country --json', {name: 'country', value: 'US', source: 'default'}],
  ])('is fine: %s', (_, args, document) => expect(check(args, document)).not.toThrow())

  it.each<[string, string, unknown]>([
    ['a key too few', 'twilio:suspend --json', {...suspended, changed: undefined}],
    ['a key too many', 'twilio:suspend --json', {...suspended, authToken: 'secret'}],
    ['another type', 'twilio:suspend --json', {...suspended, changed: null}],
    ['another value', 'twilio:suspend --json', {...suspended, status: 'closed'}],
    ["another command's", 'twilio:whoami --json', suspended],
    ['an exit code that there is not', 'twilio:suspend --json', {error: {...failure, exitCode: 99}}],
    ['a failure with more than is promised', 'twilio:suspend --json', {error: {...failure, stack: 'at …'}}],
    ['no JSON', 'twilio:suspend --json', 'api-dev is suspended.'],
    ['two documents', 'twilio:suspend --json', `${JSON.stringify(suspended)}\n${JSON.stringify(suspended)}`],
  ])('is not fine: %s', (_, args, document) => expect(check(args, document)).toThrow())

  it.each<[string, () => unknown]>([
    ['without --json', check('twilio:suspend -a api-dev', 'api-dev is suspended.')],
    ['with --json behind --', check('twilio:sms:send -a api-dev -- +14155550100 --json', 'Sent.')],
    ['of help', check('twilio:suspend --help --json', 'ARGUMENTS_INVALID')],
    ['that was killed', check('twilio:suspend --json', '{"appSp', 'SIGKILL')],
    ['without output', check('twilio:suspend --json', '')],
  ])('is not looked for in a run %s', (_, run) => expect(run).not.toThrow())
})
