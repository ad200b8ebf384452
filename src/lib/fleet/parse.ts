import {checkLabel, type Labels, withLabels} from '../addon/labels.js'
import {choosingNames, numberOptionRules, optionsIn, webhookNames} from '../addon/number-options.js'
import {parsePlan} from '../addon/plans.js'
import {checkAppSpace} from '../akkeris/app-space.js'
import {type AlertRequest, standardPercents} from '../alerts/alert.js'
import {alertRequest} from '../alerts/set.js'
import {refuseBadLines} from '../bulk/rows.js'
import {usage} from '../errors.js'
import {checkOptions, checkWebhookUrls, type GivenOptions} from '../number/options.js'
import {numberTypes} from '../twilio/available-numbers.js'
import type {DeclaredAddon} from './declared.js'
import {NodeReader, type Value} from './node-reader.js'

/**
 * A declared fleet: YAML, or JSON, which is YAML.
 * @throws {Failure} `usage`, with every line that is wrong
 */
export async function parseFleet(text: string, standardCountry: string): Promise<DeclaredAddon[]> {
  const yaml = await import('yaml')
  const lineCounter = new yaml.LineCounter()
  // Every value as a text: an area code is no number.
  const document = yaml.parseDocument(text, {schema: 'failsafe', lineCounter, prettyErrors: false})
  refuseBadLines(
    document.errors.map(({message, pos: [at]}) => ({line: lineCounter.linePos(at).line, problem: message})),
  )
  const reader = new NodeReader(yaml, document, lineCounter)
  // An exported document says that it is of the sandbox.
  const root = reader.section({node: document.contents, line: 1}, ['appSpaces', 'sandbox'])
  const appSpaces = root.get('appSpaces')
  const declared = appSpaces ? [...reader.entries(appSpaces)] : []
  const addons = declared.map(([name, value]) => addonOf(reader, {name, value, standardCountry}))
  refuseBadLines(reader.problems)
  if (!appSpaces)
    throw usage(
      'APPS_MISSING',
      'The file declares no app-spaces.',
      'It begins with appSpaces:, which has one key for each app-space; to declare none: appSpaces: {}',
    )
  return addons.filter((addon) => addon !== undefined)
}

interface Named {
  readonly name: string
  readonly value: Value
  readonly standardCountry: string
}

function addonOf(reader: NodeReader, {name, value, standardCountry}: Named): DeclaredAddon | undefined {
  const appSpace = reader.checked(value, () => checkAppSpace(name))
  const sections = reader.section(value, ['plan', 'number', 'webhooks', 'alerts', 'labels'])
  const planValue = sections.get('plan')
  const planText = reader.text(planValue)
  if (planText === undefined) reader.problem(planValue ?? value, `${name} has no plan: small, medium or large`)
  const plan =
    planText === undefined
      ? undefined
      : reader.checked(planValue ?? value, () => parsePlan(planText.replace(/^(twilio:)?/, 'twilio:')))
  const number = numberOf(reader, sections.get('number'), standardCountry)
  const webhooks = webhooksOf(reader, sections.get('webhooks'))
  const alerts = alertsOf(reader, sections.get('alerts'))
  const labels = labelsOf(reader, sections.get('labels'))
  if (appSpace === undefined || plan === undefined) return undefined
  return {appSpace, line: value.line, plan, number, webhooks, alerts, labels}
}

function numberOf(reader: NodeReader, value: Value | undefined, standardCountry: string): GivenOptions {
  if (!value) return {}
  const section = reader.section(value, choosingNames)
  const read = (name: (typeof choosingNames)[number]) => {
    const rule = numberOptionRules[name]
    // Off is not given.
    if ('isSwitch' in rule) return reader.flag(section.get(name)) === true ? true : undefined
    return reader.text(section.get(name))
  }
  const texts = Object.fromEntries(choosingNames.map((name) => [name, read(name)])) as Partial<Record<string, string>>
  const type = numberTypes.find((each) => each === texts.type)
  if (texts.type !== undefined && !type)
    reader.problem(section.get('type') ?? value, `there is no such type of number; there are ${numberTypes.join(', ')}`)
  const given = optionsIn({...texts, country: texts.country?.toUpperCase(), type} as Parameters<typeof optionsIn>[0])
  if (given.anyArea && given.areaCode === undefined)
    reader.problem(section.get('anyArea') ?? value, 'anyArea needs an areaCode, and there is none')
  const choices = Object.keys(optionsIn(given, 'choice'))
  if (given.phoneNumber !== undefined && choices.length > 1)
    reader.problem(
      section.get('phoneNumber') ?? value,
      `phoneNumber is exactly one number: it rules out ${choices.filter((each) => each !== 'phoneNumber').join(', ')}`,
    )
  reader.checked(value, () => checkOptions(given, {standardCountry}))
  return given
}

function webhooksOf(reader: NodeReader, value: Value | undefined): DeclaredAddon['webhooks'] {
  if (!value) return {}
  const section = reader.section(value, webhookNames)
  const urls = Object.fromEntries(
    webhookNames.flatMap((key) => {
      const url = reader.text(section.get(key))
      return url === undefined ? [] : [[key, url] as const]
    }),
  )
  for (const [key, url] of Object.entries(urls))
    reader.checked(section.get(key) ?? value, () => checkWebhookUrls({[key]: url}))
  return urls
}

function labelsOf(reader: NodeReader, value: Value | undefined): Labels | undefined {
  if (!value || reader.isNothing(value)) return undefined
  const given = [...reader.entries(value)].flatMap(([key, of]) => {
    const text = reader.text(of) ?? ''
    reader.checked(of, () => checkLabel(key, text))
    return [[key, text] as const]
  })
  return reader.checked(value, () => withLabels({}, Object.fromEntries(given)))
}

function alertsOf(reader: NodeReader, value: Value | undefined): AlertRequest | 'none' | undefined {
  if (!value) return undefined
  if (reader.isText(value)) {
    if (reader.text(value) === 'none') return 'none'
    reader.problem(value, 'alerts is none, or has a url and, optionally, percentages (at)')
    return undefined
  }
  const section = reader.section(value, ['url', 'at'])
  if (section.size === 0) return undefined
  const url = reader.text(section.get('url'))
  const percents = reader.texts(section.get('at'))?.join(',') ?? standardPercents
  if (url !== undefined) return reader.checked(value, () => alertRequest('url', url, 'at', percents))
  reader.problem(value, 'alerts need a url')
  return undefined
}
