import type {Day, Period} from '../days.js'
import {temporary} from '../errors.js'
import {amountOf} from '../shape.js'
import type {TwilioAccount} from './connect.js'
import {answeredAt} from './http-client.js'

/** https://www.twilio.com/docs/usage/api/usage-record */
interface UsageRecord {
  /** First and last day, in UTC. */
  readonly period: Period
  /** In the unit of its category: minutes, messages. Undefined where Twilio does not say, which is not the same as none. */
  readonly usage: number | undefined
  /** In `currency`. Undefined where Twilio does not say. */
  readonly price: number | undefined
  /** ISO 4217, lower case as Twilio writes it. */
  readonly currency: string | undefined
  /** Until when Twilio has counted; its records lag behind. */
  readonly asOf: Date | undefined
}

export interface UsageAnswer {
  readonly records: readonly UsageRecord[]
  /** Twilio's clock when it answered. */
  readonly readAt: Date | undefined
}

interface UsageQuery {
  /** https://www.twilio.com/docs/usage/api/usage-record#usage-categories */
  readonly category: string
  /** The month that is under way by Twilio's clock, the one before, or these days. */
  readonly span: 'this' | 'last' | Period
  /** A record for each day; of days that are named alone. */
  readonly daily?: boolean
}

/** More than a month has days. */
const pageSize = 100

/** Reads the usage of one account. */
export type ReadUsage = (ask: UsageQuery) => Promise<UsageAnswer>

/**
 * Reads the usage of the account with a SID: `account` itself, or a subaccount where `account` is a main account by its auth
 * token.
 */
export async function usageReader(account: TwilioAccount): Promise<(sid: string) => ReadUsage> {
  const {v2010} = await account.api()
  return (sid) => {
    const {records} = v2010.accounts(sid).usage
    return async ({category, span, daily = false}) => {
      const ask = {category, pageSize}
      if (span === 'this') return answer(await records.thisMonth.pageWithHttpInfo(ask))
      if (span === 'last') return answer(await records.lastMonth.pageWithHttpInfo(ask))
      const days = {...ask, startDate: new Date(span.from), endDate: new Date(span.to)}
      return answer(daily ? await records.daily.pageWithHttpInfo(days) : await records.pageWithHttpInfo(days))
    }
  }
}

/** What the SDK's classes of records have in common. Its types promise more than Twilio's documents: any of it may be null. */
interface Page {
  readonly body: {
    readonly instances: readonly {
      readonly usage: unknown
      readonly price: unknown
      readonly priceUnit: string | null
      readonly asOf: string | null
      readonly startDate: Date | null
      readonly endDate: Date | null
    }[]
  }
  readonly headers: Record<string, string>
}

function answer({body, headers}: Page): UsageAnswer {
  const records = body.instances.map(({usage, price, priceUnit, asOf, startDate, endDate}) => ({
    period: {from: dayOfRecord(startDate), to: dayOfRecord(endDate)},
    usage: amountOf(usage),
    price: amountOf(price),
    currency: priceUnit ?? undefined,
    asOf: time(asOf),
  }))
  return {records, readAt: answeredAt(headers)}
}

function time(text: string | null): Date | undefined {
  const date = new Date(text ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? undefined : date
}

function dayOfRecord(date: Date | null): Day {
  if (date instanceof Date && !Number.isNaN(date.getTime())) return date.toISOString().slice(0, 10)
  throw temporary('TWILIO_RESPONSE_INVALID', 'Twilio answered with usage of no day.')
}
