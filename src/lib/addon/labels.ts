import {usage} from '../errors.js'
import {compareText, printable} from '../text.js'

/** Labels of an add-on, for accounting and for finding it: `team: payments`. */
export type Labels = Readonly<Record<string, string>>

/** As many as an item of the registry holds without a thought. */
const most = 32

/**
 * `team=payments`, several with commas or several texts; of one key the last counts.
 * @param mayRemove whether an empty value is one: it removes the label
 * @throws {Failure} `usage`
 */
export function parseLabels(texts: readonly string[], {mayRemove = false} = {}): Labels {
  const labels = new Map<string, string>()
  for (const text of texts.flatMap((each) => each.split(','))) {
    const [, key, value = ''] = /^\s*([^=]*?)\s*=\s*([^]*?)\s*$/.exec(text) ?? []
    if (key === undefined) throw notALabel(text)
    checkLabel(key, value, {mayRemove})
    labels.set(key, value)
  }
  return Object.fromEntries(labels)
}

/** @throws {Failure} `usage` */
export function checkLabel(key: string, value: string, {mayRemove = false} = {}): void {
  const isKey = /^[A-Za-z][\w.-]{0,62}$/.test(key)
  const isValue =
    (mayRemove || value !== '') && value.length <= 63 && printable(value) === value && !/[,\n]/.test(value)
  if (!isKey || !isValue) throw notALabel(`${key}=${value}`)
}

function notALabel(text: string) {
  return usage(
    'LABEL_INVALID',
    `"${text}" is not a label.`,
    'A label is KEY=VALUE, e.g. team=payments: the key of letters, digits, dots, dashes and underscores, the value of up to 63 characters without commas.',
  )
}

/** @throws {Failure} `usage` where they become too many */
export function withLabels(labels: Labels = {}, changes: Labels): Labels {
  const all = Object.entries({...labels, ...changes}).filter(([, value]) => value !== '')
  if (all.length > most) throw usage('LABEL_INVALID', `An add-on can have ${most} labels, not ${all.length}.`)
  return Object.fromEntries(all.sort(([one], [other]) => compareText(one, other)))
}

export function sameLabels(one: Labels = {}, other: Labels = {}): boolean {
  const [names, others] = [Object.keys(one), Object.keys(other)]
  return names.length === others.length && names.every((name) => one[name] === other[name])
}

/** `env=prod, team=payments` */
export function labelsInWords(labels: Labels = {}): string {
  return Object.entries(labels)
    .sort(([one], [other]) => compareText(one, other))
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')
}

/** Of a filter: `team=payments`, or `team` whatever its value. @throws {Failure} `usage` */
export function parseLabelFilter(text: string): (labels: Labels | undefined) => boolean {
  const [key = '', ...rest] = text.split('=')
  const value = rest.length === 0 ? undefined : rest.join('=').trim()
  checkLabel(key.trim(), value ?? 'any', {mayRemove: true})
  return (labels = {}) => {
    const has = labels[key.trim()]
    return value === undefined ? has !== undefined : (has ?? '') === value
  }
}
