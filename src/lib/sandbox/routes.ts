import type {Route} from './router.js'
import {accountRoutes} from './twilio/accounts.js'
import {addressRoutes} from './twilio/addresses.js'
import {availableNumberRoutes} from './twilio/available-numbers.js'
import {bundleRoutes} from './twilio/bundles.js'
import {callRoutes} from './twilio/calls.js'
import {incomingNumberRoutes} from './twilio/incoming-numbers.js'
import {messageRoutes} from './twilio/messages.js'
import {syncItemRoutes} from './twilio/sync-items.js'
import {syncRoutes} from './twilio/sync.js'

/** Every operation of Twilio's that the sandbox knows. */
export const twilioRoutes: readonly Route[] = [
  ...accountRoutes,
  ...availableNumberRoutes,
  ...incomingNumberRoutes,
  ...addressRoutes,
  ...messageRoutes,
  ...callRoutes,
  ...syncRoutes,
  ...syncItemRoutes,
  ...bundleRoutes,
]
