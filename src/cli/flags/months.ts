import {Flags} from '@oclif/core'

import {type MonthChoice, parseMonth, parseMonths} from '../../lib/usage/month.js'
import {monthFlag} from './common.js'

const later = {helpValue: 'YYYY-MM', exclusive: ['month']}

/** One month, or several in a row. */
export const monthsFlags = {
  month: monthFlag,
  from: Flags.string({...later, description: 'the first of several months', dependsOn: ['to']}),
  to: Flags.string({...later, description: 'the last of them', dependsOn: ['from']}),
}

interface Given {
  readonly month: string
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** @throws {Failure} `usage` */
export function monthsFrom({month, from, to}: Given): readonly MonthChoice[] {
  return from === undefined ? [parseMonth(month)] : parseMonths(from, to ?? from)
}
