'use strict'
// What oclif requires for the commands, ours or another oclif command line's.
module.exports = require('./load-bundle.js').loadBundle()
