import type {Akkeris} from '../akkeris/connect.js'
import type {Waiting} from '../registry/acquire-lease.js'
import type {TwilioAccount} from '../twilio/connect.js'
import type {AddonRegistry} from './addon-registry.js'

/** What the add-on's operations work with, and how they tell what they are doing. */
export interface AddonContext {
  readonly main: TwilioAccount
  readonly registry: AddonRegistry
  readonly akkeris: Akkeris
  readonly waiting: Waiting
  /** Called with what is being done now, for a person who watches. */
  readonly progress: (doing: string) => void
  /** Called with what a person should know although it went well. */
  readonly warn: (sentence: string) => void
}
