import {count} from '../../../lib/text.js'
import type {AppUsage} from '../../../lib/usage/document.js'
import {meteredKinds, titleOf} from '../../../lib/usage/kinds.js'
import type {DayAmounts} from '../../../lib/usage/read.js'
import {bar, dayScale, sparkline} from '../bars.js'
import type {Colors} from '../colors.js'
import {widthOf} from '../terminal.js'
import {dayTitle, minute, monthTitle} from '../time.js'
import {sourceNote, usageColor, usageNote, wholePercent} from '../usage-words.js'

/** In a file: what every terminal shows without breaking lines. */
const usualWidth = 80

/** A longer bar says no more. */
const widestBar = 60

/** The least that looks like a bar. */
const leastBar = 8

/** One line per kind, two where the terminal is narrow, and a small chart per kind where there are days. */
export function renderUsage(usage: AppUsage, colors: Colors, width = screenWidth()): string {
  const {appSpace, plan, accountStatus, asOf, kinds, daily} = usage
  const status = accountStatus === 'active' ? '' : `  ${accountStatus}`
  return [
    `${colors.bold(appSpace)}  twilio:${plan}${status}`,
    `${monthTitle(usage)}, as of ${minute(asOf)}`,
    '',
    ...kindLines(kinds, colors, width),
    ...(daily ? ['', ...dayLines(daily, colors, width)] : []),
  ].join('\n')
}

function screenWidth(): number {
  const width = widthOf(process.stdout)
  return width === Infinity ? usualWidth : width
}

function kindLines(kinds: AppUsage['kinds'], colors: Colors, width: number): string[] {
  const cells = kinds.map((each) => ({
    title: titleOf(each.kind),
    percent: each.percent,
    used: each.used === null ? '?' : count(each.used),
    included: count(each.included),
    share: wholePercent(each.percent),
    note: [usageNote(each), sourceNote(each)].filter((note) => note !== undefined).join(', '),
  }))
  const widest = (of: (cell: (typeof cells)[number]) => string) => Math.max(...cells.map((cell) => of(cell).length))
  const [title, used, included, share, note] = [
    widest((cell) => cell.title),
    widest((cell) => cell.used),
    widest((cell) => cell.included),
    widest((cell) => cell.share),
    widest((cell) => cell.note),
  ]
  const rest = 2 + title + 2 + 2 + used + 3 + included + 2 + share + 2 + note
  const isNarrow = width - rest < leastBar
  const barWidth = Math.min(widestBar, isNarrow ? width - 4 - share : width - rest)
  return cells.flatMap((cell) => {
    const color = usageColor(cell.percent, colors)
    const barColors = {filled: color, track: colors.dim}
    const drawn = cell.percent === null ? ' '.repeat(barWidth) : bar(cell.percent, barWidth, barColors)
    const percent = color(cell.share.padStart(share))
    if (isNarrow) {
      const numbers = `${cell.used} / ${cell.included}`
      return [`  ${cell.title}  ${numbers}  ${cell.note}`.trimEnd(), `  ${drawn}  ${percent}`]
    }
    const numbers = `${cell.used.padStart(used)} / ${cell.included.padStart(included)}`
    return [`  ${cell.title.padEnd(title)}  ${drawn}  ${numbers}  ${percent}  ${cell.note}`.trimEnd()]
  })
}

/** As many as a month has days. */
const chartWidth = 31

function dayLines(days: readonly DayAmounts[], {dim}: Colors, width: number): string[] {
  const label = Math.max(...meteredKinds.map((kind) => titleOf(kind).length))
  const lines = meteredKinds.map((kind) => {
    const amounts = days.map((day) => day[kind])
    const most = Math.max(...amounts.map((amount) => amount ?? 0))
    const top = days.find((day) => day[kind] === most)
    const note = top && most > 0 ? `most on ${dayTitle(top.day)}: ${count(most)}` : ''
    return {title: titleOf(kind), chart: sparkline(amounts), note}
  })
  const widest = Math.max(...lines.map(({note}) => note.length))
  const scale = dayScale(days.length)
  if (2 + label + 2 + chartWidth + 2 + widest > width) {
    const blocks = lines.flatMap(({title, chart, note}) => [`  ${title}  ${note}`.trimEnd(), `  ${chart}`])
    return [dim('  Day by day'), dim(`  ${scale}`), ...blocks]
  }
  return [
    dim(`  ${'Day by day'.padEnd(label)}  ${scale}`),
    ...lines.map(({title, chart, note}) => `  ${title.padEnd(label)}  ${chart.padEnd(chartWidth)}  ${note}`.trimEnd()),
  ]
}
