import {Flags} from '@oclif/core'

import {parseLabelFilter} from '../lib/addon/labels.js'
import {parsePlan} from '../lib/addon/plans.js'
import {type Selection, shownStates, sortings} from '../lib/addon/selection.js'
import {parseAge} from '../lib/age.js'

/** Which add-ons are shown, and in which order. */
export const selectionFlags = {
  filter: Flags.string({
    description: "only app-spaces that match this pattern, e.g. 'preview-*'",
    helpValue: 'PATTERN',
  }),
  plan: Flags.string({description: 'only of this plan', helpValue: 'PLAN'}),
  label: Flags.string({
    char: 'l',
    multiple: true,
    description: 'only with this label, e.g. team=payments, or team alone; repeatable',
    helpValue: 'KEY[=VALUE]',
  }),
  state: Flags.option({options: shownStates, description: 'only in this state'})(),
  'older-than': Flags.string({description: 'only those older than this, e.g. 30d (h, d, w)', helpValue: 'AGE'}),
  sort: Flags.option({
    options: Object.keys(sortings) as (keyof typeof sortings)[],
    default: 'name' as const,
    description: 'sort order; ages oldest first, plans largest first',
  })(),
}

interface Filters {
  readonly filter?: string | undefined
  readonly plan?: string | undefined
  readonly label?: readonly string[] | undefined
  readonly state?: string | undefined
  readonly 'older-than'?: string | undefined
}

/** @throws {Failure} `usage` */
export function selectionOf({filter, plan, label, state, 'older-than': age}: Filters): Selection {
  const olderThanMs = age === undefined ? undefined : parseAge('--older-than', age)
  return {
    filter,
    state,
    labels: label?.map(parseLabelFilter),
    olderThanMs,
    plan: plan === undefined ? undefined : parsePlan(plan),
  }
}
