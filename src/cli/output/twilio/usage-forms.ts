import {count} from '../../../lib/text.js'
import type {AppUsage, UsageDocument} from '../../../lib/usage/document.js'
import {titleOf} from '../../../lib/usage/kinds.js'
import {colorsFor} from '../colors.js'
import {markdownTable, markdownText} from '../markdown.js'
import {minute, monthTitle} from '../time.js'
import {sourceNote, usageNote, wholePercent} from '../usage-words.js'
import {emptyFleet, fleetHeading, fleetTable} from './usage-all.js'
import {dailyCsv, usageCsv} from './usage-csv.js'

interface Asked {
  readonly csv: boolean
  readonly markdown: boolean
  readonly daily?: boolean
}

/** The report for something other than a screen, if that was asked for. */
export async function usageAs(
  document: UsageDocument,
  {csv, markdown, daily}: Asked,
  areOthers = false,
): Promise<string | undefined> {
  if (markdown) return usageMarkdown(document, areOthers)
  if (!csv) return undefined
  if ('addons' in document) return usageCsv(document.addons)
  return daily ? dailyCsv(document) : usageCsv([document])
}

function usageMarkdown(document: UsageDocument, areOthers: boolean): string {
  if (!('addons' in document)) return appMarkdown(document)
  if (document.addons.length === 0) return emptyFleet(areOthers)
  const {head, rows, right} = fleetTable(document, colorsFor({}, {}))
  return `**Twilio usage**, ${fleetHeading(document)}\n\n${markdownTable(head, rows, right)}`
}

function appMarkdown(usage: AppUsage): string {
  const {appSpace, plan, asOf, kinds} = usage
  const rows = kinds.map((each) => [
    titleOf(each.kind),
    each.used === null ? '?' : count(each.used),
    count(each.included),
    wholePercent(each.percent),
    [usageNote(each), sourceNote(each)].filter((note) => note !== undefined).join(', '),
  ])
  const heading = `**${markdownText(appSpace)}** (twilio:${plan}), ${monthTitle(usage)}, as of ${minute(asOf)}`
  return `${heading}\n\n${markdownTable(['Usage', 'Used', 'Included', 'Percent', ''], rows, [1, 2, 3])}`
}
