import type {AddonRecord, HeldNumber} from '../../addon/record.js'

export interface NumberChanged {
  /** False when another run had changed it meanwhile, as it was asked for. */
  readonly changed: boolean
  readonly record: AddonRecord
  readonly old: HeldNumber
  readonly oldIs: OldNumberIs
}

/** What became of the old number; `gone` when the subaccount no longer had it. */
export type OldNumberIs = 'released' | 'kept' | 'gone'
