import type {AddonRecord} from '../../addon/record.js'
import type {AddonVars} from '../../addon/vars.js'

export interface Provisioned {
  /** False when the add-on was there already; then `repaired` names the config vars that were written back. */
  readonly created: boolean
  readonly repaired: readonly string[]
  readonly record: AddonRecord
  readonly vars: AddonVars
}
