import AddonsCreate from './commands/addons/create.js'
import AddonsDestroy from './commands/addons/destroy.js'
import AddonsInfo from './commands/addons/info.js'
import AddonsPlans from './commands/addons/plans.js'
import TwilioConsole from './commands/twilio/console.js'
import TwilioDoctor from './commands/twilio/doctor.js'
import Twilio from './commands/twilio/index.js'
import TwilioLogin from './commands/twilio/login.js'
import TwilioLogout from './commands/twilio/logout.js'
import TwilioSandbox from './commands/twilio/sandbox/index.js'
import TwilioSandboxReset from './commands/twilio/sandbox/reset.js'
import TwilioSettings from './commands/twilio/settings.js'
import TwilioWhoami from './commands/twilio/whoami.js'

/** Every command of the plugin. What is slow to load (the SDK, prompts, the sandbox) is imported where it is used. */
export const commands = {
  'addons:create': AddonsCreate,
  'addons:destroy': AddonsDestroy,
  'addons:info': AddonsInfo,
  'addons:plans': AddonsPlans,
  twilio: Twilio,
  'twilio:console': TwilioConsole,
  'twilio:doctor': TwilioDoctor,
  'twilio:login': TwilioLogin,
  'twilio:logout': TwilioLogout,
  'twilio:sandbox': TwilioSandbox,
  'twilio:sandbox:reset': TwilioSandboxReset,
  'twilio:settings': TwilioSettings,
  'twilio:whoami': TwilioWhoami,
}
