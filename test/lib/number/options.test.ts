import {describe, expect, it} from '@jest/globals'

import type {NumberOptions} from '../../../src/lib/addon/number-options.js'
import {asRecorded, checkOptions, checkWebhookUrls, contradictions} from '../../../src/lib/number/options.js'

const standard = {standardCountry: 'SE'}
const invalid = (code: string) => expect.objectContaining({code, exitCode: 2}) as unknown

describe('options of a number', () => {
  it('are a local number of the country that is set, where nothing was given', () => {
    const {options, explicit} = checkOptions({areaCode: undefined}, standard)
    expect(options).toEqual({type: 'local', country: 'SE'})
    expect([...explicit]).toEqual([])
  })

  it('are distinguished by who gave them: what was not given contradicts nothing later', () => {
    const {options, explicit} = checkOptions({country: 'us', areaCode: '801', voiceUrl: undefined}, standard)
    expect(options).toEqual({type: 'local', country: 'US', areaCode: '801'})
    expect([...explicit].sort()).toEqual(['areaCode', 'country'])
  })

  it.each([
    ['a country that there is not', {country: 'UK'}, 'COUNTRY_UNKNOWN'],
    ['a choice that cannot exist', {country: 'US', areaCode: '911'}, 'AREA_CODE_INVALID'],
    ['the SID of something else', {addressSid: `BU${'1'.repeat(32)}`}, 'SID_INVALID'],
    ['a SID that was cut off', {bundleSid: `BU${'1'.repeat(31)}`}, 'SID_INVALID'],
    ['a URL that Twilio cannot call', {smsUrl: 'ftp://example.com'}, 'URL_INVALID'],
    ['an empty URL, where there is no number yet', {statusCallback: ''}, 'URL_INVALID'],
  ])('are refused for %s', (_, given, code) => {
    expect(() => checkOptions(given, standard)).toThrow(invalid(code))
  })

  it('may remove a URL of a number that is there', () => {
    expect(checkOptions({voiceUrl: ''}, {...standard, mayClear: true}).options).toMatchObject({voiceUrl: ''})
    expect(() => checkWebhookUrls({voiceUrl: ''})).not.toThrow()
    expect(() => checkWebhookUrls({voiceUrl: 'nowhere'})).toThrow(invalid('URL_INVALID'))
  })
})

describe('options that contradict an earlier run', () => {
  const recorded: NumberOptions = {country: 'US', type: 'local', areaCode: '801', voiceUrl: 'https://example.com/a'}
  const has = '+18015550100'
  const compare = (given: Partial<NumberOptions>, number: string | undefined = has) =>
    contradictions(Object.keys(given) as (keyof NumberOptions)[], {
      requested: {country: 'US', type: 'local', ...given},
      recorded,
      has: number,
    })

  it.each<[string, Partial<NumberOptions>, string[]]>([
    ['none where all is the same', {areaCode: '801', voiceUrl: 'https://example.com/a'}, []],
    ['none where nothing was given', {}, []],
    ['another webhook', {voiceUrl: 'https://example.com/b'}, ['voiceUrl']],
    ['a pattern that was not given then', {contains: '77'}, ['contains']],
    ['another area code than the number has', {areaCode: '212'}, ['areaCode']],
    ['another number than it has', {phoneNumber: '+18015550199'}, ['phoneNumber']],
    ['none: the number that it has, asked for by itself', {phoneNumber: has}, []],
    // It says where else to look, and the number is found.
    ['none: --any-area', {anyArea: true}, []],
  ])('are %s', (_, given, expected) => expect(compare(given)).toEqual(expected))

  it('go by the number, not by how it was asked for', () => {
    expect(compare({areaCode: '212'}, '+12125550100')).toEqual([])
    const withoutNumber = {requested: {...recorded, areaCode: '212'}, recorded, has: undefined}
    expect(contradictions(['areaCode'], withoutNumber)).toEqual(['areaCode'])
  })

  it('are named as they were, by their flags', () => {
    expect(asRecorded(['areaCode', 'contains'], recorded)).toBe('--area-code was 801, --contains was not given')
  })
})
