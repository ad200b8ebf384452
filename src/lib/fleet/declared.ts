import type {Labels} from '../addon/labels.js'
import type {WebhookUrls} from '../addon/number-options.js'
import type {PlanName} from '../addon/plans.js'
import type {AlertRequest} from '../alerts/alert.js'
import type {GivenOptions} from '../number/options.js'

/** What a file says of an app-space's add-on. What it does not say stays as it is. */
export interface DeclaredAddon {
  readonly appSpace: string
  /** In which line of the file. */
  readonly line: number
  readonly plan: PlanName
  /** What its number is to be like, by the options that choose one. */
  readonly number: GivenOptions
  /** An empty URL: none. */
  readonly webhooks: WebhookUrls
  readonly alerts: AlertRequest | 'none' | undefined
  /** All that there are to be. */
  readonly labels: Labels | undefined
}
