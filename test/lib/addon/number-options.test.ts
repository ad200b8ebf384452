import {describe, expect, it} from '@jest/globals'

import {newNumberFlags, numberOptionsOf, statusCallbackFlag} from '../../../src/cli/flags/number.js'
import {
  choosingNames,
  numberOptionNames,
  numberOptionRules,
  type NumberOptions,
  optionsIn,
  webhookNames,
  withoutCleared,
} from '../../../src/lib/addon/number-options.js'

const options: NumberOptions = {
  country: 'US',
  type: 'local',
  areaCode: '801',
  addressSid: `AD${'0'.repeat(32)}`,
  voiceUrl: 'https://example.com/voice',
  smsUrl: '',
}

describe('the options of a number', () => {
  it('are those that choose one, and webhooks', () => {
    expect([...choosingNames, ...webhookNames].sort()).toEqual([...numberOptionNames].sort())
  })

  it('have a flag each', () => {
    const flags = Object.keys({...newNumberFlags, ...statusCallbackFlag}).map((name) => `--${name}`)
    for (const {flag} of Object.values(numberOptionRules)) expect(flags).toContain(flag)
  })

  it('are read from flags by the names in the record; a switch that is off was not given', () => {
    expect(numberOptionsOf({'area-code': '801', 'any-area': false, 'number-type': 'mobile', yes: true})).toEqual({
      areaCode: '801',
      type: 'mobile',
    })
    expect(numberOptionsOf({'any-area': true, 'sms-url': ''})).toEqual({anyArea: true, smsUrl: ''})
  })

  it('are taken by group, as far as they are set', () => {
    expect(optionsIn(options, 'regulatory')).toEqual({addressSid: options.addressSid})
    expect(optionsIn(options, 'choice', 'webhook')).toEqual({
      country: 'US',
      type: 'local',
      areaCode: '801',
      voiceUrl: options.voiceUrl,
      smsUrl: '',
    })
    expect(optionsIn(options)).toEqual(options)
  })

  it('are recorded without URLs that were removed', () => {
    expect(withoutCleared(options)).not.toHaveProperty('smsUrl')
    expect(withoutCleared(options)).toHaveProperty('voiceUrl')
  })
})
