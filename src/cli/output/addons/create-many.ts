import {plans} from '../../../lib/addon/plans.js'
import type {NeededRoom} from '../../../lib/addon/subaccount-room.js'
import type {AddonRequest} from '../../../lib/lifecycle/create/create.js'
import type {CreateDocument} from '../../../lib/lifecycle/create/document.js'
import {moreSubaccounts} from '../../../lib/subaccount-limit.js'
import {count, numberOf} from '../../../lib/text.js'
import {perMonth} from '../brief.js'
import {roomInWords} from './create.js'

/** One of many, beside its app-space. */
export function inBrief(document: CreateDocument): string {
  const plan = `twilio:${document.plan}`
  if ('dryRun' in document) {
    const number = document.phoneNumber ?? 'a number'
    return {
      new: `would get ${plan} with ${number}`,
      incomplete: `is incomplete, and would be finished as ${plan} with ${number}`,
      ready: `already has ${plan} with ${number}`,
    }[document.state]
  }
  const {created, repaired = [], phoneNumber} = document
  if (created) return `now has ${plan} with ${phoneNumber}`
  return `already has ${plan} with ${phoneNumber}${repaired.length > 0 ? `; restored: ${repaired.join(', ')}` : ''}`
}

/** Before they are created: those that are there already cost nothing more. */
export function costOfMany(requests: readonly AddonRequest[]): string {
  const prices = requests.map(({request}) => plans[request.intent.plan].pricePerMonth)
  return `Create ${numberOf(requests.length, 'add-on')} for up to ${perMonth(prices)}?`
}

/** Before they are created. */
export function roomForMany(room: NeededRoom): {readonly said: string; readonly warnings: readonly string[]} {
  const {needed, left} = room
  const said = `${numberOf(needed, 'new subaccount')}. ${roomInWords(room)}`
  if (needed <= left) return {said, warnings: []}
  return {
    said,
    warnings: [`Twilio would refuse ${count(needed - left)} of them.`, ...moreSubaccounts()],
  }
}

export function totalCost(documents: readonly CreateDocument[]): string {
  const isNew = (document: CreateDocument) => ('dryRun' in document ? document.state !== 'ready' : document.created)
  const news = documents.filter(isNew)
  const verb = documents.some((document) => 'dryRun' in document) ? 'would be created' : 'created'
  const others = documents.length - news.length
  const created = `${news.length} ${verb}: ${perMonth(news.map(({pricePerMonth}) => pricePerMonth))}`
  return `${created}${others > 0 ? `; ${others} existed already` : ''}.`
}
