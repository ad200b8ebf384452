import type {AddonRecord, HeldNumber} from '../../addon/record.js'
import type {Failure} from '../../errors.js'
import type {CarryOver} from './carry-over.js'

export interface NumberChanged {
  /** False when another run had changed it meanwhile, as it was asked for. */
  readonly changed: boolean
  readonly record: AddonRecord
  readonly old: HeldNumber
  readonly oldIs: OldNumberIs
  /** Why Twilio does not release or move the old one. */
  readonly refusal?: Failure | undefined
  /** What became of its registration for SMS to the US; undefined where it had none. */
  readonly registration?: CarryOver | undefined
}

/** What became of the old number; `gone` when the subaccount no longer had it, `held` where Twilio refuses to release it. */
type OldNumberIs = 'released' | 'kept' | 'gone' | 'held'

export type OldNumber = Pick<NumberChanged, 'oldIs' | 'refusal' | 'registration'>
