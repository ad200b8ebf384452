/*
 * Every operation of Twilio's that the sandbox knows: one line per kind of resource. Each file begins with its routes.
 */

export {authTokenRoutes} from './accounts/auth-tokens.js'

export {accountRoutes} from './api/accounts.js'
export {addressRoutes} from './api/addresses.js'
export {availableNumberRoutes} from './api/available-numbers.js'
export {balanceRoutes} from './api/balance.js'
export {callRoutes} from './api/calls.js'
export {incomingNumberRoutes} from './api/incoming-numbers.js'
export {keyRoutes} from './api/keys.js'
export {messageRoutes} from './api/messages.js'
export {usageRecordRoutes} from './api/usage-records.js'
export {usageTriggerRoutes} from './api/usage-triggers.js'

export {iamKeyRoutes} from './iam/keys.js'

export {brandRoutes} from './messaging/brands.js'
export {campaignRoutes} from './messaging/campaigns.js'
export {messagingServiceRoutes} from './messaging/services.js'
export {tollfreeRoutes} from './messaging/tollfree.js'

export {bundleRoutes} from './numbers/bundles.js'

export {messagingCountryRoutes} from './pricing/messaging-countries.js'
export {phoneNumberCountryRoutes} from './pricing/phone-number-countries.js'
export {voicePriceRoutes} from './pricing/voice.js'

export {billingPeriodRoutes} from './supersim/billing-periods.js'
export {eSimProfileRoutes} from './supersim/esim-profiles.js'
export {fleetRoutes} from './supersim/fleets.js'
export {ipCommandRoutes} from './supersim/ip-commands.js'
export {networkAccessProfileRoutes} from './supersim/network-access-profiles.js'
export {networkRoutes} from './supersim/networks.js'
export {smsCommandRoutes} from './supersim/sms-commands.js'
export {superSimRoutes} from './supersim/sims.js'
export {simUsageRecordRoutes} from './supersim/usage-records.js'

export {syncItemRoutes} from './sync/items.js'
export {syncMapRoutes} from './sync/maps.js'
export {syncServiceRoutes} from './sync/services.js'

export {trustBundleRoutes} from './trusthub/bundles.js'
export {trustItemRoutes} from './trusthub/items.js'
export {policyRoutes} from './trusthub/policies.js'

export {wirelessCommandRoutes} from './wireless/commands.js'
export {ratePlanRoutes} from './wireless/rate-plans.js'
export {wirelessSimRoutes} from './wireless/sims.js'
export {wirelessUsageRoutes} from './wireless/usage-records.js'
