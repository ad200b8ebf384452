import type {SendGuard} from '../transport/idempotent.js'
import type {TwilioAccount} from './connect.js'

/** Where a part of a registration is made, and under which lease. */
export interface Registrar {
  readonly account: TwilioAccount
  readonly guard: SendGuard
}
