import type {Change, Difference} from '../../../lib/fleet/compare.js'
import type {FleetPlan} from '../../../lib/fleet/plan.js'
import type {MonthlyPrice} from '../../../lib/number/price.js'
import type {OfProfile} from '../../../lib/per-profile.js'
import {maskUrls, safeText} from '../../../lib/secrets.js'
import {moreSubaccounts} from '../../../lib/subaccount-limit.js'
import {count, spacedOut} from '../../../lib/text.js'
import {roomForMany} from '../addons/create-many.js'
import {perMonth} from '../brief.js'
import type {Colors} from '../colors.js'
import {money} from '../numbers.js'

/** What would be done, in words and prices: a block for each app-space. */
export function renderFleetPlan(plan: FleetPlan, colors: Colors): string {
  const {changes, blocked, unchanged, undeclared, price} = plan
  const {red} = colors
  const names = undeclared.slice(0, 5).map(({appSpace}) => appSpace)
  const more = undeclared.length - names.length
  const doing = (action: Change['action']) => changes.filter((change) => change.action === action).length
  const parts: readonly (readonly [number, string])[] = [
    [doing('create'), 'to create'],
    [doing('finish'), 'to finish'],
    [doing('change'), 'to change'],
    [doing('destroy'), 'to destroy'],
    [blocked.length, 'that cannot be changed'],
    [unchanged, 'as declared'],
  ]
  return [
    ...changes.flatMap((change, at) => [
      ...headingOf(change, changes[at - 1], colors),
      ...renderChange(change, colors),
    ]),
    ...blocked.flatMap(({appSpace, line, failure}) => [
      `${red('✖')} ${appSpace} (line ${line}): ${safeText(failure.message)}`,
      ...failure.suggestions.map((suggestion) => `    ${safeText(suggestion)}`),
    ]),
    ...(undeclared.length > 0
      ? [
          `Not declared, and left alone (--prune destroys them): ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
        ]
      : []),
    `${parts
      .filter(([many]) => many > 0)
      .map(([many, what]) => `${count(many)} ${what}`)
      .join(', ')}${parts.some(([many]) => many > 0) ? '.' : 'Nothing is declared.'}`,
    ...(changes.length > 0 ? [prices(price, changes)] : []),
  ].join('\n')
}

/** Of several main accounts. */
function headingOf({profile, mainAccountSid = ''}: OfProfile, before: OfProfile | undefined, {bold}: Colors): string[] {
  return profile === undefined || profile === before?.profile ? [] : [bold(`${profile} (${mainAccountSid})`)]
}

/** Before it is carried out. */
export function applyQuestion({changes, price}: FleetPlan): string {
  const destroyed = changes.filter(({action}) => action === 'destroy').length
  const what = changes.length === 1 ? 'this change' : `these ${count(changes.length)} changes`
  const lost =
    destroyed > 0
      ? `, which ${changes.length === 1 ? 'destroys' : 'destroy'} ${destroyed === 1 ? 'an add-on' : `${count(destroyed)} add-ons`} for good`
      : ''
  return `Make ${what}${lost} (${difference(price)})?`
}

/** Where there is not room for all that would be created: how many Twilio would refuse, and what to do. */
export function roomMissing({subaccounts, changes}: FleetPlan): readonly string[] {
  const short = subaccounts.filter(({needed, left}) => needed > left)
  const sentences = short.flatMap(({profile, ...room}) => {
    const {said, warnings} = roomForMany(room)
    const isFreed = changes.some((change) => change.action === 'destroy' && change.profile === profile)
    return [
      `${profile === undefined ? '' : `${profile}: `}${said} ${warnings[0] ?? ''}`,
      ...(isFreed ? ['What is destroyed makes room for others: then run the same command again.'] : []),
    ]
  })
  return sentences.length > 0 ? [...sentences, ...moreSubaccounts()] : []
}

/** What became of an app-space, behind its name. */
export function appliedInBrief({action, differences}: Change): string {
  const whats = differences.map(({what}) => spacedOut(what)).join(', ')
  return {
    create: 'has its add-on',
    finish: 'has its add-on: its creation was finished',
    change: `is as declared: ${whats}`,
    destroy: 'no longer has a Twilio add-on',
  }[action]
}

function renderChange(
  {appSpace, action, differences, price, numberPrice}: Change,
  {green, yellow, red}: Colors,
): string[] {
  const mark = {create: green('+'), finish: green('+'), change: yellow('~'), destroy: red('-')}[action]
  const cost = price.before === price.after ? '' : ` (${difference(price)})`
  const title = {create: 'create', finish: 'finish creating', change: 'change', destroy: 'destroy'}[action]
  return [
    `${mark} ${title} ${appSpace}${cost}`,
    ...differences.map((each) => `    ${inWords(each, action, numberPrice)}`),
  ]
}

function inWords({what, from, to}: Difference, action: Change['action'], price: MonthlyPrice | undefined): string {
  const cost = what === 'number' && price ? `, ${money(price.perMonth, price.currency)} a month` : ''
  const [before, after] = [from, to].map((text) => (text === null ? 'none' : maskUrls(text)))
  if (action === 'create' || action === 'finish') return `${spacedOut(what)}: ${after ?? ''}${cost}`
  if (action === 'destroy')
    return what === 'number' ? `number: ${before ?? ''} is released` : `${what}: ${before ?? ''} is closed for good`
  const lost = what === 'number' && from !== null ? ', and the old one is released' : ''
  return `${spacedOut(what)}: ${before ?? ''} → ${after ?? ''}${lost}`
}

function prices(price: FleetPlan['price'], changes: readonly Change[]): string {
  const sums = new Map<string, number>()
  for (const {numberPrice} of changes)
    if (numberPrice) sums.set(numberPrice.currency, (sums.get(numberPrice.currency) ?? 0) + numberPrice.perMonth)
  const numbers = [...sums].map(([currency, sum]) => money(sum, currency))
  const charged = numbers.length > 0 ? ` Twilio charges ${numbers.join(' and ')} a month for new numbers.` : ''
  return `Plans: ${perMonth([price.after])} instead of ${perMonth([price.before])}.${charged}`
}

function difference({before, after}: FleetPlan['price']): string {
  if (before === after) return 'for the same price'
  return `${perMonth([Math.abs(after - before)])} ${after > before ? 'more' : 'less'}`
}
