/** Loading, installing, updating and removing plugins. */
const {strict: assert} = require('node:assert')
const {spawnSync} = require('node:child_process')
const {mkdirSync, readdirSync, renameSync, rmSync, statSync} = require('node:fs')
const {join} = require('node:path')

function createFolders(thirdParty) {
  mkdirSync(thirdParty, {recursive: true})
}

/** Requires and initialises every plugin in the folder, or only one; a failure is a line on stdout. True if any was. */
function load(appkit, folder, {only, thirdParty} = {}) {
  let any = false
  const complain = (doing, plugin, error) =>
    console.log(appkit.terminal.markdown(`\n !!▸!! ${doing} of plugin "${plugin}" failed: ${error}\n`))
  for (const plugin of readdirSync(folder).sort()) {
    if (plugin.startsWith('.') || plugin.startsWith('tmp')) continue
    if (only !== undefined && plugin !== only) continue
    try {
      const index = entry(join(folder, plugin))
      try {
        appkit.plugins[plugin] = require(index)
        appkit.plugins[plugin].thirdPartyPlugin = thirdParty
      } catch (error) {
        complain('loading', plugin, error)
      }
      if (appkit.plugins[plugin]?.init) {
        try {
          appkit.plugins[plugin].init(appkit)
        } catch (error) {
          complain('init', plugin, error)
        }
        any = true
      }
    } catch (error) {
      complain('init', plugin, error)
    }
  }
  return any
}

/** The core's own are `.cjs` here, as everything beside them is an ES module. */
function entry(folder) {
  const index = join(folder, folder.startsWith(__dirname) ? 'index.cjs' : 'index.js')
  assert.ok(statSync(index).isFile())
  return index
}

function install(appkit, {GITHUB_REPO: repository}) {
  if (!repository.startsWith('https://') && !repository.startsWith('git@')) {
    appkit.api.get(`/plugins/${repository}`, (error, plugin) => {
      if (error) appkit.terminal.error(error.code === 401 ? error : 'There is no such plugin.')
      else install(appkit, {GITHUB_REPO: plugin.repo})
    })
    return
  }
  const folder = appkit.config.third_party_plugins_dir
  const task = appkit.terminal.task(`Installing plugin from ${repository}`)
  let fresh
  task.start()
  try {
    fresh = join(folder, `.tmp${Math.floor(Math.random() * 1000)}`)
    mkdirSync(fresh)
    spawnSync('git', ['clone', repository, fresh], {stdio: 'ignore'})
    if (statSync(join(fresh, 'index.js')).isFile()) {
      runInstall(join(fresh, 'install.js'))
      const {group} = require(join(fresh, 'index.js'))
      assert.ok(!group.includes(' ') && group.length > 1, 'That is no name for a plugin.')
      renameSync(fresh, join(folder, group))
      task.end('ok')
      console.log(appkit.terminal.markdown(`###===### Installed plugin ^^${group}^^`))
    }
  } catch (error) {
    task.end('error')
    if (error.message.includes('ENOTEMPTY')) appkit.terminal.error('There is a plugin of that name already.')
    else if (error.message.includes('ENOENT')) appkit.terminal.error('That does not look like a repository.')
    else appkit.terminal.error(`The plugin from ${repository} could not be installed: ${error.message}`)
    if (fresh) rmSync(fresh, {recursive: true})
  }
}

/** Versions differ in whether they call it; whatever it throws is forgotten. */
function runInstall(file) {
  try {
    if (!statSync(file).isFile()) return
    const run = require(file)
    if (typeof run === 'function') run({sync: spawnSync})
  } catch {
    // As aka does.
  }
}

function uninstall(appkit, {PLUGIN: plugin}) {
  try {
    assert.ok(appkit.plugins[plugin], 'there is no such plugin.')
    const folder = join(appkit.config.third_party_plugins_dir, plugin)
    assert.ok(statSync(join(folder, '.git')).isDirectory(), 'it is no clone.')
    rmSync(folder, {recursive: true})
  } catch (error) {
    appkit.terminal.error(`The plugin ${plugin} could not be removed: ${error.message}`)
  }
}

/** Updating aka itself is left out. A pull that fails is not noticed. */
function update(appkit) {
  const folder = appkit.config.third_party_plugins_dir
  for (const plugin of readdirSync(folder)) {
    const file = (name) => join(folder, plugin, name)
    const attempt = (work) => {
      try {
        work()
      } catch (error) {
        console.log(appkit.terminal.markdown(` !!▸!! updating plugin "${plugin}" failed: ${error}`))
      }
    }
    try {
      if (!statSync(file('.git')).isDirectory()) continue
      console.log(appkit.terminal.markdown(`###===### updating ${plugin} plugin`))
      spawnSync('git', ['pull', '--quiet'], {cwd: file('.'), stdio: 'inherit'})
      if (statSync(file('update.js')).isFile()) attempt(() => require(file('update.js')))
      // Loaded before the pull, so this is the old one.
      if (statSync(file('index.js')).isFile() && appkit.plugins[plugin].update)
        attempt(() => require(file('index.js')).update(appkit))
    } catch {
      // Not a plugin that can be updated.
    }
  }
  console.log(appkit.terminal.markdown('###===### updating akkeris'))
}

function version(appkit) {
  const {name, version: number} = appkit.config.package
  console.log(`${name}/${number} ${process.arch}-${process.platform} node-${process.version}`)
  console.log(appkit.terminal.markdown('###===### Installed Plugins'))
  for (const plugin of Object.values(appkit.plugins).filter(({thirdPartyPlugin}) => thirdPartyPlugin))
    console.log(`${plugin.group} ${plugin.version ? `@${plugin.group}` : ''}`)
}

function init(args, appkit) {
  args
    .command('plugins:install GITHUB_REPO', 'Install a plugin from a repository', {}, install.bind(null, appkit))
    .command('plugins:uninstall PLUGIN', 'Remove a plugin', {}, uninstall.bind(null, appkit))
}

module.exports = {createFolders, init, load, update, version}
