/** Where Akkeris is: both variables, else both from the file, which then overrides one that was given alone. */
const {spawnSync} = require('node:child_process')
const {readFileSync} = require('node:fs')
const {join} = require('node:path')

function homeFolder() {
  return process.env[process.platform === 'win32' ? 'USERPROFILE' : 'HOME']
}

function loadFile() {
  const {auth, apps, updates} = JSON.parse(readFileSync(join(homeFolder(), '.akkeris', 'config.json'), 'utf8'))
  Object.assign(process.env, {AKKERIS_AUTH_HOST: auth, AKKERIS_API_HOST: apps, AKKERIS_UPDATES: updates || 0})
}

function loadProfile() {
  if (!process.env.AKKERIS_API_HOST || !process.env.AKKERIS_AUTH_HOST) {
    try {
      loadFile()
    } catch {
      if (process.argv.slice(1, 4).includes('auth:profile')) return
      console.log('\nHello! First, say which Akkeris this is, and log in.\n')
      for (const command of ['auth:profile', 'auth:login']) spawnSync('ak', [command], {stdio: 'inherit'})
      loadFile()
    }
  }
  for (const name of ['AKKERIS_AUTH_HOST', 'AKKERIS_API_HOST']) {
    const value = process.env[name].toLowerCase().trim()
    const prefixed = /^https?:\/\//.test(value)
    if (name === 'AKKERIS_API_HOST' && value.startsWith('http://')) process.env.AKKERIS_API_INSECURE = 'true'
    process.env[name] = prefixed ? new URL(value).host : value
  }
}

module.exports = {homeFolder, loadProfile}
