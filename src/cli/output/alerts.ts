import type {AlertDocument} from '../../lib/alerts/document.js'
import {count, listOf} from '../../lib/text.js'
import {titleOf} from '../../lib/usage/kinds.js'
import {table} from './table.js'
import {dayTitle} from './time.js'

/** Words of `twilio:alerts`, `twilio:alerts:set` and of the alerts of `addons:create`. */
export function renderAlerts(alerts: readonly AlertDocument[]): string {
  const rows = alerts.map(({kind, category, percent, value, firedAt}) => [
    titleOf(kind),
    category,
    `${percent}%`,
    count(value),
    firedAt === null ? '–' : dayTitle(firedAt),
  ])
  const urls = new Set(alerts.map(({url}) => url))
  const printed = table(['What', "Twilio's category", 'At', 'Usage', 'Last sent'], rows, {
    right: [2, 3],
    optional: [1, 4],
  })
  return `${printed}\n\nSent to: POST ${[...urls].join(', ')}`
}

/** `80% and 100%` */
export function percentages(alerts: readonly AlertDocument[]): string {
  const words = [...new Set(alerts.map(({percent}) => `${percent}%`))]
  return listOf(words, 'and')
}
