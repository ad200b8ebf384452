/**
 * The resources of the Twilio SDK that src/lib/twilio uses; `npm run check:sdk` compares the two. The others, three quarters of the
 * SDK, are left out of the bundle.
 */

export const BUNDLED_RESOURCES = new Set(
  `
  accounts/v1/authTokenPromotion
  accounts/v1/secondaryAuthToken
  api/v2010/account
  api/v2010/account/address
  api/v2010/account/availablePhoneNumberCountry
  api/v2010/account/availablePhoneNumberCountry/local
  api/v2010/account/availablePhoneNumberCountry/mobile
  api/v2010/account/availablePhoneNumberCountry/tollFree
  api/v2010/account/call
  api/v2010/account/incomingPhoneNumber
  api/v2010/account/message
  api/v2010/account/usage
  api/v2010/account/usage/record
  api/v2010/account/usage/record/daily
  api/v2010/account/usage/record/lastMonth
  api/v2010/account/usage/record/thisMonth
  api/v2010/account/usage/trigger
  messaging/v1/brandRegistration
  messaging/v1/service
  messaging/v1/service/phoneNumber
  messaging/v1/service/usAppToPerson
  messaging/v1/tollfreeVerification
  numbers/v2/bundleClone
  numbers/v2/regulatoryCompliance
  numbers/v2/regulatoryCompliance/bundle
  pricing/v1/phoneNumber
  pricing/v1/phoneNumber/country
  supersim/v1/esimProfile
  supersim/v1/fleet
  supersim/v1/ipCommand
  supersim/v1/network
  supersim/v1/networkAccessProfile
  supersim/v1/sim
  supersim/v1/smsCommand
  sync/v1/service
  sync/v1/service/syncMap
  sync/v1/service/syncMap/syncMapItem
  trusthub/v1/customerProfiles
  trusthub/v1/customerProfiles/customerProfilesEntityAssignments
  trusthub/v1/customerProfiles/customerProfilesEvaluations
  trusthub/v1/endUser
  trusthub/v1/policies
  trusthub/v1/supportingDocument
  trusthub/v1/trustProducts
  trusthub/v1/trustProducts/trustProductsEntityAssignments
  trusthub/v1/trustProducts/trustProductsEvaluations
  wireless/v1/command
  wireless/v1/ratePlan
  wireless/v1/sim
  `
    .trim()
    .split(/\s+/),
)

export const sdkResources = /** @type {import('esbuild').Plugin} */ ({
  name: 'sdk-resources',
  setup(esbuild) {
    esbuild.onLoad({filter: /twilio[/\\]lib[/\\]rest[/\\]\w+[/\\]v\d+[/\\].+\.js$/}, ({path}) => {
      const [, name = ''] = /[/\\]rest[/\\](.+)\.js$/.exec(path) ?? []
      const resource = name.replaceAll('\\', '/')
      if (BUNDLED_RESOURCES.has(resource)) return undefined
      // Loaded when a command first touches it (lazy-requires.mjs).
      const message = `the SDK's resource ${resource} is not bundled: add it to scripts/sdk-resources.mjs`
      return {contents: `throw new Error(${JSON.stringify(message)})`, loader: 'js'}
    })
  },
})
