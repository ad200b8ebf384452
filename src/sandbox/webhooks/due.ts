import type {Reported, Webhook} from '../state/types/common.js'

/** What an application is to be told, once. */
export interface Due {
  /** When it happened, by the sandbox's clock. */
  readonly at: number
  readonly subject: Reported & {readonly sid: string; readonly accountSid: string}
  /** What happened to the subject. */
  readonly name: string
  readonly task: Task
}

type Task =
  /** Only told. */
  | {readonly kind: 'notice'; readonly webhook: Webhook; readonly form: Readonly<Record<string, string>>}
  /** A message has arrived: the answer may be a message, too. */
  | {readonly kind: 'message'}
  /** A call has begun: the answers say what happens in it. */
  | {readonly kind: 'call'}

export function wasReported({subject, name}: Due): boolean {
  return subject.reported?.includes(name) ?? false
}

export function report({subject, name}: Due): void {
  ;(subject.reported ??= []).push(name)
}

/** The address that settings of a resource name, by the beginning of their names: `sms`, `voice_fallback`. */
export function webhookIn(settings: Readonly<Record<string, unknown>>, name: string, method = ''): Webhook | undefined {
  const url = settings[`${name}_url`] ?? settings[name]
  if (typeof url !== 'string') return undefined
  return {url, method: settings[method || `${name}_method`] === 'GET' ? 'GET' : 'POST'}
}
