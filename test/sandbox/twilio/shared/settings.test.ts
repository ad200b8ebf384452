import {expect, it} from '@jest/globals'

import {defaultSettings, readSettings, type Setting} from '../../../../src/sandbox/twilio/shared/settings.js'

const SETTINGS: readonly Setting[] = [
  ['SmsUrl', 'sms_url', 'url', null],
  ['SmsMethod', 'sms_method', 'method', 'POST'],
  ['CallbackUrl', 'callback_url', 'callback', null],
  ['DataEnabled', 'data_enabled', 'flag', true],
  ['TrunkSid', 'trunk_sid', 'sid', null],
]
const read = (values: Record<string, string>) => readSettings(SETTINGS, new URLSearchParams(values))

it('settings have defaults', () => {
  expect(defaultSettings(SETTINGS)).toEqual({
    sms_url: null,
    sms_method: 'POST',
    callback_url: null,
    data_enabled: true,
    trunk_sid: null,
  })
})

it('a request changes only those that it names; an empty value puts the default back', () => {
  expect(read({Other: 'x'})).toEqual({})
  expect(read({SmsUrl: 'https://example.com/sms', SmsMethod: 'get', DataEnabled: 'False', TrunkSid: 'TK1'})).toEqual({
    sms_url: 'https://example.com/sms',
    sms_method: 'GET',
    data_enabled: false,
    trunk_sid: 'TK1',
  })
  expect(read({SmsUrl: '', SmsMethod: '', DataEnabled: ''})).toEqual({
    sms_url: null,
    sms_method: 'POST',
    data_enabled: true,
  })
})

it.each([
  [{SmsUrl: 'nowhere'}, 21402],
  [{SmsUrl: 'ftp://example.com'}, 21402],
  [{CallbackUrl: 'nowhere'}, 21502],
  [{SmsMethod: 'PUT'}, 21403],
])('%j is refused with %s', (values: Record<string, string>, code) => {
  expect(() => read(values)).toThrow(expect.objectContaining({status: 400, code}))
})
