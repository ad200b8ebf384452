import {dayOf, startOf} from '../days.js'
import type {DayAmounts, Metering} from './read.js'

/** Messages of SIMs that their carrier lists, where no usage record of Twilio's has them. */
export interface CountedMessages {
  /** Null where they could not be counted. */
  readonly dates: readonly Date[] | null
  /** Who listed them, for people; null where nobody did. */
  readonly source: string | null
}

/** The metering with these in place of what Twilio counted. */
export function withMessages(metering: Metering, {dates, source}: CountedMessages): Metering {
  const {from, to} = metering.month
  const inMonth = dates?.filter((date) => from <= dayOf(date.getTime()) && dayOf(date.getTime()) <= to)
  return {...metering, used: {...metering.used, m2m: inMonth ? inMonth.length : null}, m2mSource: source}
}

export function daysWithMessages(days: readonly DayAmounts[], {dates}: CountedMessages): DayAmounts[] {
  const perDay = new Map<string, number>()
  for (const date of dates ?? []) perDay.set(dayOf(date.getTime()), (perDay.get(dayOf(date.getTime())) ?? 0) + 1)
  return days.map((each) => ({...each, m2m: dates ? (perDay.get(each.day) ?? 0) : null}))
}

/** Counts from the first day of a month on, for every add-on at once; asked once for each month. */
export function sinceMonth<Result>(count: (since: Date) => Promise<Result>): (metering: Metering) => Promise<Result> {
  const known = new Map<string, Promise<Result>>()
  return async ({month: {from}}) => {
    const counting = known.get(from) ?? count(new Date(startOf(from)))
    known.set(from, counting)
    return counting
  }
}
