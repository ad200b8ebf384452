import {addDays, type Day, dayOf, type Period, periodOf} from '../days.js'
import {usage} from '../errors.js'
import type {ReadUsage, UsageAnswer} from '../twilio/usage.js'
import {metered, type MeteredKind} from './kinds.js'
import {type MonthChoice, monthName} from './month.js'

/** Null where Twilio did not say: that is not the same as nothing. */
type Amounts = Readonly<Record<MeteredKind, number | null>>

/** What an account used in a month. */
export interface Metering {
  readonly month: Period
  readonly used: Amounts
  /** Who counted M2M messages, where that was not Twilio; null where nobody did. */
  readonly m2mSource?: string | null
  /** Until when all of it is counted, by Twilio's clock. */
  readonly asOf: Date
}

export type DayAmounts = {readonly day: Day} & Amounts

/** Reads all kinds at once. @throws {Failure} `usage` for a month that has not begun by Twilio's clock. */
export async function readMetering(read: ReadUsage, month: MonthChoice): Promise<Metering> {
  const answers = await ofEachKind((category) => read({category, span: month}))
  return {...monthOf(month, Object.values(answers).flat()), used: sums(answers, () => true)}
}

/** Which month the answers to a question were for, and until when they count. @throws {Failure} `usage` as above */
export function monthOf(asked: MonthChoice, answers: readonly UsageAnswer[]): {month: Period; asOf: Date} {
  const records = answers.flatMap((answer) => answer.records)
  const readAt = earliest(answers.map((answer) => answer.readAt)) ?? new Date()
  const month = typeof asked === 'string' ? (periodIn(records) ?? fromClock(asked, readAt)) : asked
  if (month.from > dayOf(readAt.getTime()))
    throw usage('MONTH_IN_FUTURE', `${monthName(month)} has not begun.`, 'Give a month that has, e.g. --month last.')
  return {month, asOf: earliest(records.map((record) => record.asOf)) ?? readAt}
}

/** The same, a day at a time; days that are to come are left out. */
export async function readDays(read: ReadUsage, {month, asOf}: Metering): Promise<DayAmounts[]> {
  const answers = await ofEachKind((category) => read({category, span: month, daily: true}))
  const last = dayOf(asOf.getTime()) < month.to ? dayOf(asOf.getTime()) : month.to
  const days: DayAmounts[] = []
  for (let day = month.from; day <= last; day = addDays(day, 1))
    days.push({day, ...sums(answers, ({from}) => from === day)})
  return days
}

type Answers = Readonly<Record<MeteredKind, readonly UsageAnswer[]>>

async function ofEachKind(read: (category: string) => Promise<UsageAnswer>): Promise<Answers> {
  const of = async (kind: MeteredKind) => Promise.all(metered[kind].categories.map((category) => read(category)))
  const [voice, sms, m2m] = await Promise.all([of('voice'), of('sms'), of('m2m')])
  return {voice, sms, m2m}
}

function sums(answers: Answers, counts: (period: Period) => boolean): Amounts {
  const sum = (kind: MeteredKind) =>
    answers[kind]
      .map(({records}) => sumOf(records.filter(({period}) => counts(period)).map(({usage}) => usage)))
      .reduce((all, each) => (all === null || each === null ? null : all + each), 0)
  return {voice: sum('voice'), sms: sum('sms'), m2m: sum('m2m')}
}

function sumOf(amounts: readonly (number | undefined)[]): number | null {
  const known = amounts.filter((amount) => amount !== undefined)
  if (known.length === 0 || known.length < amounts.length) return null
  return known.reduce((all, amount) => all + amount, 0)
}

function periodIn([first]: UsageAnswer['records']): Period | undefined {
  return first && periodOf(first.period.from, 'month')
}

/** Where there are no records. */
function fromClock(month: 'this' | 'last', now: Date): Period {
  const current = periodOf(dayOf(now.getTime()), 'month')
  return month === 'this' ? current : periodOf(addDays(current.from, -1), 'month')
}

function earliest(times: readonly (Date | undefined)[]): Date | undefined {
  return times.filter((time) => time !== undefined).sort((a, b) => a.getTime() - b.getTime())[0]
}
