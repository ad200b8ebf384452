import {count} from '../../lib/text.js'
import type {MeteredUsage, SimUsage} from '../../lib/usage/document.js'
import type {Colors} from './colors.js'
import {dayTitle} from './time.js'

/** What is to be known of a kind beside the numbers; short enough for a column. */
export function usageNote(usage: MeteredUsage | SimUsage): string | undefined {
  const {used, included} = usage
  if (used !== null && used > included) return `over by ${count(used - included)}`
  if (usage.kind === 'sims') {
    const held = usage.held === null ? 'not counted' : `${count(usage.held)} held`
    return `${held}, ${count(usage.onOrder)} on order`
  }
  if (used === included) return 'limit reached'
  if (used === null) return 'unknown'
  return usage.passesLimitOn === null ? undefined : `over on ${dayTitle(usage.passesLimitOn)}`
}

/** Who counted, where that was not Twilio. */
export function sourceNote(usage: MeteredUsage | SimUsage): string | undefined {
  if (usage.kind === 'sims' || !usage.source) return undefined
  return `counted at ${usage.source}`
}

/** Whole per cent, so that 100% is never shown before it is reached. */
export function wholePercent(percent: number | null | undefined): string {
  return percent === undefined || percent === null ? '–' : `${count(Math.floor(percent))}%`
}

/** Green below 80%, red from 100% on. */
export function usageColor(percent: number | null | undefined, {green, yellow, red}: Colors): (text: string) => string {
  if (percent === undefined || percent === null) return (text) => text
  return percent >= 100 ? red : percent >= 80 ? yellow : green
}
