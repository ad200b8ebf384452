import type {ChalkInstance} from 'chalk'

import {count} from '../addon/format.js'
import {bar, dayScale, sparkline} from '../../cli/output/bars.js'
import {meteredKinds, titleOf} from './kinds.js'
import {dayInWords, monthInWords, timeInWords} from './month.js'
import type {DayAmounts} from './read.js'
import type {KindUsage, UsageReport} from './report.js'

export type Paint = Pick<ChalkInstance, 'green' | 'yellow' | 'red' | 'dim' | 'bold'>

/** What every terminal shows without breaking lines. */
const width = 80

/** An app-space's usage for a person: a line a kind, and a small chart a kind where there are days. */
export function usageInLines(report: UsageReport, paint: Paint): string {
  const {appSpace, plan, accountStatus, asOf, kinds, days} = report
  const status = accountStatus === 'active' ? '' : `  ${accountStatus}`
  return [
    `${paint.bold(appSpace)}  twilio:${plan}${status}`,
    `${monthInWords(report)}, as of ${timeInWords(asOf)}`,
    '',
    ...kindLines(kinds, paint),
    ...(days ? ['', ...dayLines(days, paint)] : []),
  ].join('\n')
}

function kindLines(kinds: readonly KindUsage[], paint: Paint): string[] {
  const cells = kinds.map((each) => ({
    title: titleOf(each.kind),
    percent: each.percent,
    used: each.used === undefined ? '?' : count(each.used),
    included: count(each.included),
    share: shareInWords(each.percent),
    note: noteOf(each) ?? '',
  }))
  const widest = (of: (cell: (typeof cells)[number]) => string) => Math.max(...cells.map((cell) => of(cell).length))
  const [title, used, included, share] = [
    widest((cell) => cell.title),
    widest((cell) => cell.used),
    widest((cell) => cell.included),
    widest((cell) => cell.share),
  ]
  const rest = 2 + title + 2 + 2 + used + 3 + included + 2 + share + 2 + widest(({note}) => note)
  const barWidth = Math.min(24, Math.max(4, width - rest))
  return cells.map((cell) => {
    const tint = tintOf(cell.percent, paint)
    const numbers = `${cell.used.padStart(used)} / ${cell.included.padStart(included)}`
    const drawn = cell.percent === undefined ? ' '.repeat(barWidth) : tint(bar(cell.percent, barWidth))
    const line = `  ${cell.title.padEnd(title)}  ${drawn}  ${numbers}  ${tint(cell.share.padStart(share))}  ${cell.note}`
    return line.trimEnd()
  })
}

function dayLines(days: readonly DayAmounts[], paint: Paint): string[] {
  const titles = meteredKinds.map(titleOf)
  const label = Math.max(...titles.map((title) => title.length))
  const lines = meteredKinds.map((kind) => {
    const amounts = days.map((day) => day[kind])
    const most = Math.max(...amounts)
    const top = days.find((day) => day[kind] === most)
    const note = top && most > 0 ? `most on ${dayInWords(top.day)}: ${count(most)}` : ''
    return `  ${titleOf(kind).padEnd(label)}  ${sparkline(amounts).padEnd(31)}  ${note}`.trimEnd()
  })
  return [paint.dim(`  ${'Day by day'.padEnd(label)}  ${dayScale(days.length)}`), ...lines]
}

/** What is to be known of a kind beside the numbers; short enough for a column. */
export function noteOf({kind, used, included, passesOn, held, onOrder = 0}: KindUsage): string | undefined {
  if (used !== undefined && used > included) return `over by ${count(used - included)}`
  if (kind === 'sims')
    return `${held === undefined ? 'not counted' : `${count(held)} held`}, ${count(onOrder)} on order`
  if (used === included) return 'limit reached'
  return passesOn === undefined ? undefined : `over on ${dayInWords(passesOn)}`
}

/** Whole per cent, so that 100% is never shown before it is reached. */
export function shareInWords(percent: number | undefined): string {
  return percent === undefined ? '–' : `${count(Math.floor(percent))}%`
}

/** Green below 80%, red from 100% on. */
export function tintOf(percent: number | undefined, {green, yellow, red}: Paint): (text: string) => string {
  if (percent === undefined) return (text) => text
  return percent >= 100 ? red : percent >= 80 ? yellow : green
}
