import type {Route} from './router.js'
import {accountRoutes} from './twilio/accounts.js'
import {addressRoutes} from './twilio/addresses.js'
import {authTokenRoutes} from './twilio/auth-tokens.js'
import {availableNumberRoutes} from './twilio/available-numbers.js'
import {bundleRoutes} from './twilio/bundles.js'
import {callRoutes} from './twilio/calls.js'
import {incomingNumberRoutes} from './twilio/incoming-numbers.js'
import {messageRoutes} from './twilio/messages.js'
import {pricingRoutes} from './twilio/pricing.js'
import {eSimProfileRoutes} from './twilio/supersim-esim-profiles.js'
import {fleetRoutes} from './twilio/supersim-fleets.js'
import {ipCommandRoutes} from './twilio/supersim-ip-commands.js'
import {networkAccessProfileRoutes} from './twilio/supersim-network-access-profiles.js'
import {networkRoutes} from './twilio/supersim-networks.js'
import {superSimRoutes} from './twilio/supersim-sims.js'
import {smsCommandRoutes} from './twilio/supersim-sms-commands.js'
import {syncItemRoutes} from './twilio/sync-items.js'
import {syncRoutes} from './twilio/sync.js'
import {usageRecordRoutes} from './twilio/usage-records.js'
import {usageTriggerRoutes} from './twilio/usage-triggers.js'
import {wirelessCommandRoutes} from './twilio/wireless-commands.js'
import {ratePlanRoutes} from './twilio/wireless-rate-plans.js'
import {wirelessSimRoutes} from './twilio/wireless-sims.js'

/** Every operation of Twilio's that the sandbox knows. */
export const twilioRoutes: readonly Route[] = [
  ...accountRoutes,
  ...authTokenRoutes,
  ...availableNumberRoutes,
  ...incomingNumberRoutes,
  ...addressRoutes,
  ...messageRoutes,
  ...callRoutes,
  ...usageRecordRoutes,
  ...usageTriggerRoutes,
  ...pricingRoutes,
  ...syncRoutes,
  ...syncItemRoutes,
  ...bundleRoutes,
  ...superSimRoutes,
  ...eSimProfileRoutes,
  ...fleetRoutes,
  ...networkRoutes,
  ...networkAccessProfileRoutes,
  ...smsCommandRoutes,
  ...ipCommandRoutes,
  ...wirelessSimRoutes,
  ...ratePlanRoutes,
  ...wirelessCommandRoutes,
]
