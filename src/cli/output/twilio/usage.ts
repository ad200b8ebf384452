import {count} from '../../../lib/text.js'
import type {AppUsage} from '../../../lib/usage/document.js'
import {meteredKinds, titleOf} from '../../../lib/usage/kinds.js'
import type {DayAmounts} from '../../../lib/usage/read.js'
import {bar, dayScale, sparkline} from '../bars.js'
import type {Colors} from '../colors.js'
import {dayTitle, minute, monthTitle} from '../time.js'
import {usageColor, usageNote, wholePercent} from '../usage-words.js'

/** What every terminal shows without breaking lines. */
const width = 80

/** One line per kind, and a small chart per kind where there are days. */
export function renderUsage(usage: AppUsage, colors: Colors): string {
  const {appSpace, plan, accountStatus, asOf, kinds, daily} = usage
  const status = accountStatus === 'active' ? '' : `  ${accountStatus}`
  return [
    `${colors.bold(appSpace)}  twilio:${plan}${status}`,
    `${monthTitle(usage)}, as of ${minute(asOf)}`,
    '',
    ...kindLines(kinds, colors),
    ...(daily ? ['', ...dayLines(daily, colors)] : []),
  ].join('\n')
}

function kindLines(kinds: AppUsage['kinds'], colors: Colors): string[] {
  const cells = kinds.map((each) => ({
    title: titleOf(each.kind),
    percent: each.percent,
    used: each.used === null ? '?' : count(each.used),
    included: count(each.included),
    share: wholePercent(each.percent),
    note: usageNote(each) ?? '',
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
    const color = usageColor(cell.percent, colors)
    const numbers = `${cell.used.padStart(used)} / ${cell.included.padStart(included)}`
    const drawn = cell.percent === null ? ' '.repeat(barWidth) : color(bar(cell.percent, barWidth))
    const line = `  ${cell.title.padEnd(title)}  ${drawn}  ${numbers}  ${color(cell.share.padStart(share))}  ${cell.note}`
    return line.trimEnd()
  })
}

function dayLines(days: readonly DayAmounts[], {dim}: Colors): string[] {
  const label = Math.max(...meteredKinds.map((kind) => titleOf(kind).length))
  const lines = meteredKinds.map((kind) => {
    const amounts = days.map((day) => day[kind])
    const most = Math.max(...amounts.map((amount) => amount ?? 0))
    const top = days.find((day) => day[kind] === most)
    const note = top && most > 0 ? `most on ${dayTitle(top.day)}: ${count(most)}` : ''
    return `  ${titleOf(kind).padEnd(label)}  ${sparkline(amounts).padEnd(31)}  ${note}`.trimEnd()
  })
  return [dim(`  ${'Day by day'.padEnd(label)}  ${dayScale(days.length)}`), ...lines]
}
