import {plans} from '../addon/plans.js'
import type {AddonRecord} from '../addon/record.js'
import type {AuditFinding, FindingKind} from './document.js'

const notes: ReadonlySet<FindingKind> = new Set([
  'number-in-main-account',
  'no-alerts',
  'sms-blocked',
  'old-record',
  'unknown-item',
])

export function finding(
  kind: FindingKind,
  {record, ...found}: Partial<AuditFinding> & Pick<AuditFinding, 'detail'> & {readonly record?: AddonRecord},
): AuditFinding {
  return {
    kind,
    severity: notes.has(kind) ? 'note' : 'problem',
    appSpace: record?.appSpace ?? null,
    accountSid: record?.accountSid ?? null,
    pricePerMonth: record ? plans[record.plan].pricePerMonth : null,
    twilio: null,
    commands: [],
    fix: null,
    ...found,
  }
}
