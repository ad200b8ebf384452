import type {PlannedRequest} from '../addon/planned-request.js'
import {maskUrls} from '../secrets.js'
import type {MeteredKind} from '../usage/kinds.js'
import type {Alert} from './alert.js'
import type {Alerts} from './set.js'

/** A usage trigger of Twilio's that watches a percentage of what the plan includes. */
export interface AlertDocument {
  /** Of the usage trigger. */
  readonly sid: string
  readonly kind: MeteredKind
  /** Twilio's usage category. */
  readonly category: string
  /** Of what the plan includes a month. */
  readonly percent: number
  /** Usage at which Twilio calls the URL: minutes or messages. */
  readonly value: number
  /** Without its password and tokens, if it has any. */
  readonly url: string
  /** When Twilio last called it, ISO 8601, UTC. */
  readonly firedAt: string | null
}

/** The alerts that were asked for; with `--dry-run` the requests that would set them. */
export type AlertsSetDocument = AlertsDocument | AlertsPreviewDocument

export interface AlertsPreviewDocument {
  readonly dryRun: true
  readonly appSpace: string
  /** Empty where all are set already. */
  readonly calls: readonly PlannedRequest[]
}

/** The alerts of an app-space. */
export interface AlertsDocument {
  readonly appSpace: string
  readonly alerts: readonly AlertDocument[]
  /** What the plan includes but Twilio does not count, so that no alert can be set for it; `twilio:usage --fail-at` checks it. */
  readonly missing?: readonly MeteredKind[]
}

/** The alerts that an app-space had. */
export interface AlertsRemovedDocument {
  readonly appSpace: string
  readonly removed: readonly AlertDocument[]
}

export function alertDocument({trigger, kind, percent}: Alert): AlertDocument {
  const {sid, category, value, url, firedAt} = trigger
  return {sid, kind, category, percent, value, url: maskUrls(url), firedAt: firedAt?.toISOString() ?? null}
}

export function alertsDocument(appSpace: string, {alerts, missing}: Alerts): AlertsDocument {
  return {appSpace, alerts: alerts.map(alertDocument), ...(missing.length > 0 && {missing})}
}
