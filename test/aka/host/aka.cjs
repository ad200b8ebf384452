#!/usr/bin/env node
/**
 * Stands in for the `aka` of Akkeris 3 where plugins can tell: yargs 16 with the same commands, strictness, middleware
 * and help, plugins loaded and called on every command, the same streams and exit codes. The sentences are its own.
 */
const {join} = require('node:path')

const api = require('./api.cjs')
const help = require('./help.cjs')
const middleware = require('./middleware.cjs')
const plugins = require('./plugins.cjs')
const {homeFolder, loadProfile} = require('./profile.cjs')
const terminal = require('./terminal.cjs')

// Nothing else happens: without an exit of its own, the process ends with whatever code was set, else 0.
process.on('uncaughtException', (error) => {
  if (process.env.DEBUG) console.error(error.stack)
  else console.log('Something unexpected happened. Add DEBUG=true to the environment to see what.')
})

/** What every plugin is handed. */
const appkit = (module.exports = {terminal, middleware, plugins: {}, akaHelp: help.show})

function init() {
  const thirdParty = join(homeFolder(), '.akkeris', 'plugins')
  plugins.createFolders(thirdParty)
  loadProfile()
  appkit.config = {
    plugins_dir: join(__dirname, 'core'),
    third_party_plugins_dir: thirdParty,
    akkeris_api_host: process.env.AKKERIS_API_HOST,
    akkeris_auth_host: process.env.AKKERIS_AUTH_HOST,
    package: {name: 'akkeris', version: '3.1.0'},
  }
  Object.assign(appkit, api.connect(appkit))

  appkit.args = require('yargs')
  appkit.args.usage('Usage: aka COMMAND [--app APP] [options]')
  const all = {alias: 'a', boolean: true, demand: false, default: false, hidden: true}
  appkit.args.command(['$0 [group..]', 'help'], 'Help', {all}, help.show.bind(null, appkit))
  help.addMetaCommands(appkit)
  appkit.args
    .recommendCommands()
    .middleware([middleware.dropHelpOptions, middleware.helpFlag.bind(null, appkit)], true)
    .middleware([middleware.findApp.bind(null, appkit)], true)
    .middleware([middleware.selectApp.bind(null, appkit)])
    .wrap(appkit.args.terminalWidth())

  plugins.init(appkit.args, appkit)
  plugins.load(appkit, appkit.config.plugins_dir)
  plugins.load(appkit, appkit.config.third_party_plugins_dir, {thirdParty: true})
}

if (require.main === module) {
  init()
  void appkit.args.strict().version(false).help(false).argv
}
