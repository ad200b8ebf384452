import type {Route} from '../http/router.js'
import {accountRoutes} from './api/accounts.js'
import {addressRoutes} from './api/addresses.js'
import {authTokenRoutes} from './accounts/auth-tokens.js'
import {availableNumberRoutes} from './api/available-numbers.js'
import {bundleRoutes} from './numbers/bundles.js'
import {callRoutes} from './api/calls.js'
import {incomingNumberRoutes} from './api/incoming-numbers.js'
import {messageRoutes} from './api/messages.js'
import {pricingRoutes} from './pricing/phone-numbers.js'
import {eSimProfileRoutes} from './supersim/esim-profiles.js'
import {fleetRoutes} from './supersim/fleets.js'
import {ipCommandRoutes} from './supersim/ip-commands.js'
import {networkAccessProfileRoutes} from './supersim/network-access-profiles.js'
import {networkRoutes} from './supersim/networks.js'
import {superSimRoutes} from './supersim/sims.js'
import {smsCommandRoutes} from './supersim/sms-commands.js'
import {syncItemRoutes} from './sync/items.js'
import {syncRoutes} from './sync/maps.js'
import {usageRecordRoutes} from './api/usage-records.js'
import {usageTriggerRoutes} from './api/usage-triggers.js'
import {wirelessCommandRoutes} from './wireless/commands.js'
import {ratePlanRoutes} from './wireless/rate-plans.js'
import {wirelessSimRoutes} from './wireless/sims.js'

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
