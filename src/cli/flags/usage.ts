import {Flags} from '@oclif/core'

import {usage} from '../../lib/errors.js'
import {type Kind, meteredKinds} from '../../lib/usage/kinds.js'
import type {UsageLimits} from '../../lib/usage/over-limit.js'
import {reportFlags} from '../report-file.js'
import {allAddonsFlag, appFlag, monthFlag, watchFlags} from './common.js'

const metrics: readonly Kind[] = [...meteredKinds, 'sims']

export const usageFlags = {
  app: appFlag,
  all: allAddonsFlag('app', 'daily'),
  month: monthFlag,
  daily: Flags.boolean({description: 'also show each day'}),
  ...watchFlags('csv', 'markdown', 'html', 'fail-at', 'fail-at-forecast', 'over-only'),
  csv: Flags.boolean({description: 'as CSV, one row per metric; with --daily one row per day', exclusive: ['json']}),
  ...reportFlags,
  'fail-at': Flags.string({
    description: `exit with 3 if a metric has reached this percentage of what the plan includes; for one metric only (${metrics.join(', ')}): sms=90`,
    helpValue: '[METRIC=]PERCENT',
    multiple: true,
  }),
  'fail-at-forecast': Flags.integer({
    description: "the same if a metric will reach it by the end of the month, at this month's pace",
    min: 1,
    helpValue: 'PERCENT',
  }),
  'over-only': Flags.boolean({
    description: 'with --all: only add-ons that reach a limit (--fail-at, --fail-at-forecast), or 100%',
    dependsOn: ['all'],
  }),
}

interface Given {
  readonly 'fail-at'?: readonly string[] | undefined
  readonly 'fail-at-forecast'?: number | undefined
}

/** @throws {Failure} `usage` */
export function limitsFrom({'fail-at': failAt = [], 'fail-at-forecast': forecast}: Given): UsageLimits {
  const given = new Map<Kind | undefined, number>()
  for (const text of failAt) {
    const [, metric, percent] = /^(?:(\w+)=)?([1-9]\d{0,5})%?$/.exec(text) ?? []
    const kind = metrics.find((each) => each === metric)
    if (percent === undefined || (metric !== undefined && !kind)) throw notALimit(text)
    if (given.has(kind)) throw usage('ARGUMENTS_INVALID', `--fail-at ${text}: there is one for that already.`)
    given.set(kind, Number(percent))
  }
  const general = given.get(undefined)
  const ofKinds = metrics.flatMap((kind) => {
    const percent = given.get(kind)
    return percent === undefined ? [] : [[kind, percent] as const]
  })
  return {
    ...(general !== undefined && {failAt: general}),
    ...(ofKinds.length > 0 && {failAtMetrics: Object.fromEntries(ofKinds)}),
    ...(forecast !== undefined && {failAtForecast: forecast}),
  }
}

function notALimit(text: string) {
  return usage(
    'ARGUMENTS_INVALID',
    `--fail-at ${text} is not a limit.`,
    `Give a whole percentage, e.g. --fail-at 80, or one of a metric (${metrics.join(', ')}), e.g. --fail-at sms=90.`,
  )
}
