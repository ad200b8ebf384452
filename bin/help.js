'use strict'
// What oclif requires to show help.
module.exports = require('./load-bundle.js').loadBundle().AkaHelp
