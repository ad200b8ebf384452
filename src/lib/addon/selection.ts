import {compareText} from '../text.js'
import type {ListedAddon} from './document.js'
import type {Labels} from './labels.js'
import {type PlanName, planNames} from './plans.js'
import type {AddonRecord} from './record.js'

/** Which add-ons of all. */
export interface Selection {
  /** A pattern of app-spaces: * is any text, ? any character. */
  readonly filter?: string | undefined
  readonly plan?: PlanName | undefined
  readonly olderThanMs?: number | undefined
  /** All of them must be true of its labels. */
  readonly labels?: readonly ((labels: Labels | undefined) => boolean)[] | undefined
  /** Of those that `stateOf` gives. */
  readonly state?: string | undefined
}

/** What an add-on can be shown as, by the words of `--state`. */
export const shownStates = [
  'ready',
  'provisioning',
  'changing',
  'destroying',
  'suspended',
  'closed',
  'app-gone',
  'vars-missing',
  'vars-foreign',
] as const

/** What the registry alone can tell of: whoever is left out need not be looked at. */
export function selectsRecord({filter, plan, labels = [], olderThanMs}: Selection): (record: AddonRecord) => boolean {
  const pattern = filter === undefined ? undefined : globPattern(filter)
  const before = olderThanMs === undefined ? Infinity : Date.now() - olderThanMs
  return (record) =>
    (pattern?.test(record.appSpace) ?? true) &&
    (plan === undefined || record.plan === plan) &&
    labels.every((isTrue) => isTrue(record.labels)) &&
    Date.parse(record.createdAt) < before
}

/** As it really is: what was done to it outside of this tool, else what the registry says. */
export function stateOf({condition, state}: Pick<ListedAddon, 'condition' | 'state'>): string {
  return (condition ?? state).replaceAll(' ', '-')
}

export function isSelective(selection: Selection): boolean {
  return Object.values(selection).some((value) => value !== undefined)
}

function globPattern(glob: string): RegExp {
  const escaped = glob.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`)
}

type Compare = (one: ListedAddon, other: ListedAddon) => number

/** By what `--sort` sorts; those of one rank by name. */
export const sortings = {
  name: () => 0,
  age: (one, other) => compareText(one.createdAt, other.createdAt),
  // What is unknown may be old.
  'token-age': (one, other) => compareText(one.rotatedAt ?? '', other.rotatedAt ?? ''),
  plan: (one, other) => planNames.indexOf(other.plan) - planNames.indexOf(one.plan),
  state: (one, other) => compareText(stateOf(one), stateOf(other)),
} as const satisfies Readonly<Record<string, Compare>>

export function sorted(addons: readonly ListedAddon[], by: keyof typeof sortings): ListedAddon[] {
  return [...addons].sort((a, b) => sortings[by](a, b) || compareText(a.appSpace, b.appSpace))
}
