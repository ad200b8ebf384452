'use strict'
// What aka requires on every one of its commands. The work is in src/aka.
const {existsSync} = require('node:fs')
const {join} = require('node:path')

// aka takes an install.js that throws for one that went well: this makes it see that it did not.
if (process.env.AKA_TWILIO_INSTALL_FAILED) throw new Error(process.env.AKA_TWILIO_INSTALL_FAILED)

const built = join(__dirname, 'dist', 'aka', 'plugin.cjs')
if (!existsSync(built)) throw new Error(`aka-twilio is not built. To build it: node ${join(__dirname, 'install.js')}`)

module.exports = {
  ...require(built),
  // For versions of aka that do not look for update.js by themselves; run once either way.
  update: () => require('./update.js'),
}
