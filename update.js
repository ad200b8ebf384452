'use strict'
// aka requires this after `git pull`, whether that went well or not.
const {setUp, takeWhatPullLeft} = require('./scripts/set-up.cjs')

try {
  takeWhatPullLeft()
  setUp()
} catch (error) {
  const {message} = /** @type {Error} */ (error)
  process.stderr.write(`✖ aka-twilio could not be updated, and stays as it was: ${message}\n`)
  process.exitCode = 1
}

module.exports = () => undefined
