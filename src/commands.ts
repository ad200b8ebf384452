import AddonsCreate from './commands/addons/create.js'
import AddonsDestroy from './commands/addons/destroy.js'
import AddonsInfo from './commands/addons/info.js'
import AddonsPlans from './commands/addons/plans.js'
import Twilio from './commands/twilio/index.js'

/** Every command of the plugin. What is slow to load (the SDK, prompts, the sandbox) is imported where it is used. */
export const commands = {
  'addons:create': AddonsCreate,
  'addons:destroy': AddonsDestroy,
  'addons:info': AddonsInfo,
  'addons:plans': AddonsPlans,
  twilio: Twilio,
}
