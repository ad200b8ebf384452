import {count} from '../addon/format.js'
import {table} from '../../cli/output/table.js'
import {titleOf} from '../usage/kinds.js'
import {dayInWords} from '../usage/month.js'
import type {Alert, AlertRequest} from './alert.js'

/** Percentages where none are given. */
export const alertsAt = '80,100'

/** As --json has it (docs/json.md). */
export function alertDocument({trigger, kind, percent}: Alert) {
  const {sid, category, value, url, firedAt} = trigger
  return {sid, kind, category, percent, value, url: withoutPassword(url), firedAt}
}

/** `at 80%, 100% of the plan, to https://…` */
export function alertsInWords({url, percents}: AlertRequest): string {
  return `at ${percents.map((percent) => `${percent}%`).join(', ')} of the plan, to ${withoutPassword(url)}`
}

export async function alertsInLines(alerts: readonly Alert[]): Promise<string> {
  const rows = alerts.map(({trigger: {category, value, firedAt}, kind, percent}) => [
    titleOf(kind),
    category,
    `${percent}%`,
    count(value),
    firedAt ? dayInWords(firedAt.toISOString().slice(0, 10)) : '–',
  ])
  const urls = new Set(alerts.map(({trigger}) => withoutPassword(trigger.url)))
  return `${await table(['What', "Twilio's category", 'At', 'Usage', 'Last told'], rows, {right: [2, 3]})}\n\nTold: POST ${[...urls].join(', ')}`
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return url
  const shown = new URL(url)
  if (shown.password === '') return url
  shown.password = '********'
  return shown.href
}
