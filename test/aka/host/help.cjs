/** `aka`, `aka help`, `aka help GROUP`, `aka help GROUP COMMAND`, `aka help COMMAND`, and what is not understood. */
const {basename} = require('node:path')

const plugins = require('./plugins.cjs')

function addMetaCommands(appkit) {
  appkit.args
    .command('update', 'Update aka and its plugins', {}, plugins.update.bind(null, appkit))
    .command('version', 'Show the version and the plugins', {}, plugins.version.bind(null, appkit))
}

function show(appkit, argv) {
  const {args} = appkit
  args.getUsageInstance().clearCachedHelpMessage?.()
  const asked = argv._?.[0] === 'help'
  const [name, command] = argv.group ?? []
  if (!asked && name !== undefined) return showAll(appkit, `Not a command: ${name}`)
  if (name === undefined) return showAll(appkit)

  addMetaCommands(appkit)
  const {getCommands} = args.getUsageInstance()
  if (getCommands().some(([each]) => each === name)) return void args.help(true).parse(`${name} --help`)
  if (visibleGroups(appkit).includes(name)) return showGroup(appkit, name, command)

  // Perhaps a command: every plugin is initialised once more, over what is there already.
  plugins.load(appkit, appkit.config.plugins_dir)
  plugins.load(appkit, appkit.config.third_party_plugins_dir, {thirdParty: true})
  const found = getCommands().find(([each]) => each.split(' ').includes(name))
  if (found) args.help(true).parse(`${found[0]} --help`)
  else showAll(appkit, `Neither a command nor a group: ${name}`)
}

/** Everything is forgotten, then one plugin alone is initialised. */
function showGroup(appkit, group, command) {
  const {args} = appkit
  args.reset()
  if (group === 'plugins') plugins.init(args, appkit)
  else if (!plugins.load(appkit, appkit.config.plugins_dir, {only: group}))
    plugins.load(appkit, appkit.config.third_party_plugins_dir, {only: group})
  const {getCommands} = args.getUsageInstance()
  let problem
  if (command !== undefined) {
    const called = (name) => getCommands().find(([each]) => each.split(' ').includes(name))
    const found = called(command) ?? called(`${group}:${command}`)
    if (found) args.help(true).parse(`${found[0]} --help`)
    else problem = `Not a command: ${command}`
  }
  const title = group[0].toUpperCase() + group.slice(1)
  printList(title, listed(getCommands()), problem)
}

function showAll(appkit, problem) {
  const {args} = appkit
  args.reset()
  addMetaCommands(appkit)
  const groups = visibleGroups(appkit).map((group) => [group, appkit.plugins[group].help])
  printList('Help', [...listed(args.getUsageInstance().getCommands()), ['', ''], ...groups], problem)
}

function visibleGroups(appkit) {
  appkit.plugins.plugins = {help: 'Manage plugins'}
  return Object.keys(appkit.plugins)
    .sort()
    .filter((group) => !appkit.plugins[group].hidden)
}

function listed(commands) {
  return commands
    .map(([command, description]) => [`${basename(process.argv[1])} ${command}`, description])
    .sort(([one], [other]) => (one < other ? -1 : 1))
}

function printList(title, rows, problem = 'aka <command> --help tells more.') {
  const width = Math.max(...rows.map(([name]) => name.length)) + 4
  const lines = rows.map(([name, text]) => (name === '' ? '' : `• ${name.padEnd(width)}${text}`))
  console.log(`\n${title}\n\n${lines.join('\n')}\n\n${problem}`)
}

module.exports = {addMetaCommands, show}
