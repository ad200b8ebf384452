'use strict'
// aka requires this right after it cloned the plugin, and renames the folder afterwards.
const {requireNotInstalled, setUp} = require('./scripts/set-up.cjs')

try {
  requireNotInstalled()
  setUp()
} catch (error) {
  const {message} = /** @type {Error} */ (error)
  process.stderr.write(`✖ aka-twilio could not be installed: ${message}\n`)
  process.env.AKA_TWILIO_INSTALL_FAILED = message
  process.exitCode = 1
}

// Newer versions of aka call what is exported.
module.exports = () => undefined
