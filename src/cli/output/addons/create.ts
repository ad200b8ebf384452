import type {PlannedRequest} from '../../../lib/addon/planned-request.js'
import {type CountedRoom, isNearlyFull, type SubaccountRoom} from '../../../lib/addon/subaccount-room.js'
import {ourCommand, outsideSandbox} from '../../../lib/command-line.js'
import type {CreatedDocument, CreatePreviewDocument} from '../../../lib/lifecycle/create/document.js'
import {isNewSubaccount} from '../../../lib/lifecycle/create/planned-requests.js'
import {moreSubaccounts} from '../../../lib/subaccount-limit.js'
import {count} from '../../../lib/text.js'
import {percentages} from '../alerts.js'
import type {Colors} from '../colors.js'
import {fields} from '../fields.js'
import {nextSteps, stepToSending} from '../next-steps.js'
import {monthlyPrice} from '../numbers.js'
import {planTitle} from '../plans.js'
import {age} from '../time.js'

export function renderCreated(document: CreatedDocument, colors: Colors): string {
  const {
    created,
    repaired = [],
    appSpace,
    plan,
    accountSid,
    phoneNumber,
    configVars,
    alerts = [],
    subaccounts,
  } = document
  const [alert] = alerts
  return [
    created
      ? colors.bold(`${appSpace} now has Twilio: ${planTitle(plan)}.`)
      : `${appSpace} already has Twilio: ${planTitle(plan)}.`,
    ...(repaired.length > 0 ? [`Restored: ${repaired.join(', ')}.`] : []),
    '',
    fields([
      ['Subaccount', accountSid],
      ['Phone number', phoneNumber],
      [
        'Config vars',
        Object.entries(configVars)
          .map(([name, value]) => `${name}=${value}`)
          .join('\n'),
      ],
      ...(alert ? [['Alerts', `at ${percentages(alerts)} of the plan, to ${alert.url}`] as const] : []),
      ...(subaccounts ? [['Main account', leftInWords(subaccounts)] as const] : []),
    ]),
    '',
    nextSteps(stepsAfter(document), colors),
  ].join('\n')
}

function stepsAfter({created, repaired = [], appSpace, pendingRegistrations}: CreatedDocument): string[] {
  const restarts = created || repaired.length > 0
  return [
    ...(restarts
      ? outsideSandbox(`The app restarts with the config vars; to see them: aka config -a ${appSpace}`)
      : []),
    `To see the add-on: ${ourCommand(`addons:info twilio -a ${appSpace}`)}`,
    ...(pendingRegistrations === null ? [] : [stepToSending(appSpace)]),
  ]
}

/** What `--dry-run` says. @param verbose with every request */
export function renderPreview(document: CreatePreviewDocument, {dim}: Colors, verbose: boolean): string {
  const {appSpace, plan, state, phoneNumber, calls, subaccounts} = document
  const what = `${planTitle(plan)} with ${phoneNumber ?? 'a number'}`
  const headings = {
    new: `${appSpace} would get ${what}.`,
    incomplete: `${appSpace} is incomplete; it would be finished as ${what}.`,
    ready: `${appSpace} already has ${what}.`,
  }
  if (calls.length === 0) return `${headings[state]}\nNothing would be changed.`
  const steps = calls.map((call) => inWords(call, document)).filter((step) => step !== undefined)
  const requests = calls.flatMap(({method, url, form = {}}) => {
    const [, origin = '', path = ''] = /^(\w+:\/\/[^/]*)(.*)$/.exec(url) ?? []
    const parameters = Object.entries(form).map(([name, value]) => dim(`${name}=${value}`))
    return [`  ${method.padEnd(5)} ${origin}`, ...[path, ...parameters].map((line) => `        ${line}`)]
  })
  return [
    headings[state],
    '',
    ...[...new Set(steps)].map((step, index) => `  ${index + 1}. ${step}`),
    '',
    ...(subaccounts ? [roomInWords(subaccounts)] : []),
    'Nothing was changed.',
    ...(verbose
      ? ['', 'These changes would be sent, in this order:', ...requests]
      : ['To see the requests: add --verbose.']),
  ].join('\n')
}

/** `998 of 1,000 subaccounts left, as counted 12 minutes ago` */
function leftInWords({left, limit, countedAt}: CountedRoom): string {
  const since = age(countedAt)
  return `${count(left)} of ${count(limit)} subaccounts left${since === 'now' ? '' : `, as counted ${since} ago`}`
}

/** What to do before none is left. */
export function fewSubaccounts({subaccounts}: Pick<CreatedDocument, 'subaccounts'>): readonly string[] {
  if (!subaccounts || !isNearlyFull(subaccounts)) return []
  return [`The main account has ${leftInWords(subaccounts)}.`, ...moreSubaccounts()]
}

/** `The main account has 3 of 1,000 subaccounts: 997 are left.` */
export function roomInWords({used, limit, left}: SubaccountRoom): string {
  const rest =
    left === 0 ? 'none is left, so Twilio would refuse another one' : `${count(left)} ${left === 1 ? 'is' : 'are'} left`
  return `The main account has ${count(used)} of ${count(limit)} subaccounts: ${rest}.`
}

/** A change as people think of it; undefined for what only the registry is concerned with. */
function inWords(
  {method, url, form}: PlannedRequest,
  {appSpace, phoneNumber, numberPrice}: CreatePreviewDocument,
): string | undefined {
  const price = numberPrice
    ? `, for which Twilio charges ${monthlyPrice(numberPrice.perMonth, numberPrice.currency)}`
    : ''
  const number = phoneNumber ?? 'a number'
  if (isNewSubaccount({method, url})) return 'Create a subaccount of the main account'
  if (url.endsWith('/Addresses.json')) return 'Copy the address into it'
  if (url.endsWith('/Clones')) return 'Copy the regulatory bundle into it'
  if (url.endsWith('/IncomingPhoneNumbers.json')) return `Buy ${number} in it${price}`
  if (url.includes('/IncomingPhoneNumbers/')) return `Move ${number} from the main account into it`
  if (url.includes('/Usage/Triggers')) return `Set an alert for ${form?.UsageCategory ?? 'its usage'}`
  if (method === 'PATCH') return `Write its config vars to ${appSpace}, which restarts once`
  return undefined
}
