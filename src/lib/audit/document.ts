import type {ResultErrors} from '../error-document.js'
import type {Price} from '../invoice/twilio-charges.js'
import type {OfProfile, ReadProfiles} from '../per-profile.js'

/** What is not as it should be: registry, subaccounts, app-spaces and config vars compared with each other. */
export interface AuditDocument extends ReadProfiles, ResultErrors {
  readonly findings: readonly AuditFinding[]
  /** How many add-ons were checked. */
  readonly addons: number
  /** Whether everything was checked and no problem is left; notes do not count. */
  readonly clean: boolean
}

export interface AuditFinding extends OfProfile {
  readonly kind: FindingKind
  /** `note`: it may be intended. */
  readonly severity: 'problem' | 'note'
  readonly appSpace: string | null
  readonly accountSid: string | null
  readonly detail: string
  /** Of the plan that is paid for it, in US dollars; null where none is. */
  readonly pricePerMonth: number | null
  /** What Twilio charged for an orphaned subaccount this month; null of all else, and where Twilio does not say. */
  readonly twilio: Price | null
  /** That fix it. */
  readonly commands: readonly string[]
  /** What `--fix` does about it, if anything. */
  readonly fix: FindingFix | null
  /** Only with `--fix`: whether it was fixed, and why not. */
  readonly fixed?: boolean
  readonly notFixed?: string
}

export type FindingKind =
  | 'orphaned-subaccount'
  | 'subaccount-closed'
  | 'app-gone'
  | 'wrong-main-account'
  | 'config-vars-missing'
  | 'config-vars-outdated'
  | 'config-vars-foreign'
  | 'unfinished'
  | 'order-stuck'
  | 'number-in-main-account'
  | 'no-alerts'
  | 'sms-blocked'
  | 'old-record'
  | 'unknown-item'

type FindingFix = 'restore its config vars' | 'remove what is left of it' | 'close it' | 'remove the record'

export function auditDocument(
  findings: readonly AuditFinding[],
  addons: number,
  read: ReadProfiles = {},
): AuditDocument {
  const isUnread = read.profiles?.some(({error}) => error !== null) ?? false
  return {findings, addons, clean: !isUnread && !hasProblems(findings), ...read}
}

/** Whether a problem is left. */
export function hasProblems(findings: readonly AuditFinding[]): boolean {
  return findings.some(({severity, fixed}) => severity === 'problem' && fixed !== true)
}
