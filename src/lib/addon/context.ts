import type {Akkeris} from '../akkeris/connect.js'
import type {SimService} from '../carrier/service.js'
import type {Waiting} from '../registry/acquire-lease.js'
import type {TwilioAccount} from '../twilio/connect.js'
import type {AddonRegistry} from './addon-registry.js'
import type {SubaccountLimit} from './subaccount-room.js'

/** @param doing what the work does, e.g. `buying +18015550100`. */
export type Progress = <Result>(doing: string, work: () => Promise<Result>) => Promise<Result>

/** What the add-on's operations work with, and how they tell what they are doing. */
export interface AddonContext {
  readonly main: TwilioAccount
  readonly registry: AddonRegistry
  readonly akkeris: Akkeris
  /** Chosen when SIMs are first needed: most operations need none. @throws {Failure} `credentials` */
  readonly simService: () => Promise<SimService>
  readonly waiting: Waiting
  /** Does a step, and shows a person who watches what is being done, and how it ended. */
  readonly progress: Progress
  /** Who runs this, as far as the machine knows. */
  readonly createdBy?: string | undefined
  /** Called with what a person should know although it went well. */
  readonly warn: (sentence: string) => void
  /** Where many are created at once: numbers (E.164) that another of them tries to buy. */
  readonly claimed?: Set<string>
  readonly subaccounts: SubaccountLimit
  /** Called before a subaccount is created, with its name. */
  readonly onNewSubaccount?: (name: string) => void
}
