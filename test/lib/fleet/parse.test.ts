import {describe, expect, it} from '@jest/globals'

import {choosingNames, webhookNames} from '../../../src/lib/addon/number-options.js'
import {parseFleet} from '../../../src/lib/fleet/parse.js'

const parse = async (text: string) => parseFleet(text, 'US')
const problems = async (text: string) =>
  parse(text).then(
    () => [],
    (error: unknown) => (error as {suggestions: readonly string[]}).suggestions,
  )

it('reads everything that can be declared, in YAML with aliases and in JSON', async () => {
  const yaml = `
appSpaces:
  api-default:
    plan: twilio:small
    number: {country: us, area-code: 801, any_area: true}
    webhooks: {voiceUrl: https://a.example.com/v, smsUrl: ''}
    alerts: &ops {url: https://a.example.com/u, at: [100, 80]}
    labels: {team: payments}
  web-prod:
    plan: large
    alerts: *ops
  job-dev: {plan: medium, alerts: none, number:, webhooks: null}
`
  const api = {
    appSpace: 'api-default',
    plan: 'small',
    number: {country: 'US', areaCode: '801', anyArea: true},
    webhooks: {voiceUrl: 'https://a.example.com/v', smsUrl: ''},
    alerts: {url: 'https://a.example.com/u', percents: [80, 100]},
  }
  expect(await parse(yaml)).toEqual([
    {...api, line: 3, labels: {team: 'payments'}},
    {appSpace: 'web-prod', line: 9, plan: 'large', number: {}, webhooks: {}, alerts: api.alerts},
    {appSpace: 'job-dev', line: 12, plan: 'medium', number: {}, webhooks: {}, alerts: 'none'},
  ])
  const {appSpace, number, webhooks} = api
  const json = {
    appSpaces: {[appSpace]: {plan: 'small', number, webhooks, alerts: {url: api.alerts.url, at: [80, 100]}}},
  }
  expect(await parse(JSON.stringify(json))).toEqual([{...api, line: 1}])
})

it('takes every option of a number, those that choose it and webhooks', async () => {
  const choosing = choosingNames.filter((name) => name !== 'phoneNumber')
  const values: Readonly<Partial<Record<string, string>>> = {
    country: 'US',
    type: 'local',
    areaCode: '801',
    anyArea: 'true',
    addressSid: `AD${'0'.repeat(32)}`,
    bundleSid: `BU${'0'.repeat(32)}`,
  }
  const pairs = (names: readonly string[], other: string) =>
    names.map((name) => `${name}: '${values[name] ?? other}'`).join(', ')
  const url = 'https://a.example.com'
  const text = `appSpaces: {a-b: {plan: small, number: {${pairs(choosing, '555')}}, webhooks: {${pairs(webhookNames, url)}}}}`
  const [addon] = await parse(text)
  expect(Object.keys(addon?.number ?? {}).sort()).toEqual(choosing.toSorted())
  expect(addon?.number.anyArea).toBe(true)
  expect(Object.keys(addon?.webhooks ?? {}).sort()).toEqual(webhookNames.toSorted())
  const exact = await parse("appSpaces: {a-b: {plan: small, number: {phoneNumber: '+18015550100'}}}")
  expect(exact[0]?.number).toEqual({phoneNumber: '+18015550100'})
})

describe('what is wrong', () => {
  it('is reported all together, with its lines', async () => {
    const text = `appSpaces:
  Api:
    plan: smal
  b-c:
    plan: small
    numbr: {}
    number: {areaCode: 111, anyArea: perhaps}
    webhooks:
      voiceUrl: ftp://a
  d-c: [large]
  e-f: {number: {anyArea: true}, alerts: {at: 80}}
  g-h: {plan: small, number: {phoneNumber: '+18015550100', areaCode: 801}, alerts: some, labels: {1a: x}}
`
    expect(await problems(text)).toEqual([
      expect.stringMatching(/^line 2: "Api" is not the name/),
      expect.stringMatching(/^line 3: There is no plan/),
      expect.stringMatching(/^line 6: there is no numbr here/),
      expect.stringMatching(/^line 7: true or false is expected here, not perhaps/),
      expect.stringMatching(/^line 7: "111" is not an area code/),
      expect.stringMatching(/^line 9: .*is not a URL/),
      expect.stringMatching(/^line 10: names and values are expected/),
      expect.stringMatching(/^line 10: d-c has no plan/),
      expect.stringMatching(/^line 11: e-f has no plan/),
      expect.stringMatching(/^line 11: anyArea needs an areaCode/),
      expect.stringMatching(/^line 11: alerts need a url/),
      expect.stringMatching(/^line 12: phoneNumber is exactly one number: it rules out areaCode/),
      expect.stringMatching(/^line 12: alerts is none, or has a url/),
      expect.stringMatching(/^line 12: .*is not a label/),
    ])
  })

  it.each([
    ['appSpaces:\n  a-b: {plan: small}\n  a-b: {plan: large}', /^line 3: .*unique/],
    ['appSpaces: {', /^line 1: /],
    ['appSpaces:\n  a-b: {plan: small}\n  a-c: *b', /^line 3: /],
    ['spaces: {}', /^line 1: there is no spaces here/],
  ])('%j', async (text, problem) => {
    expect(await problems(text)).toContainEqual(expect.stringMatching(problem))
  })

  it.each(['', '# nothing', '{}'])('%j declares nothing, which is not the same as none', async (text) => {
    await expect(parse(text)).rejects.toMatchObject({code: 'APPS_MISSING'})
  })
})
