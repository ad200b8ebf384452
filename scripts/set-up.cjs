'use strict'
/**
 * Makes a clone ready to run, where it is not: what the build needs from npm, then the build. For install.js and update.js; says on
 * stderr what it does.
 */
const {spawnSync} = require('node:child_process')
const {existsSync} = require('node:fs')
const {join} = require('node:path')

const {isUpToDate} = require('./built-from.cjs')

const root = join(__dirname, '..')
const windows = process.platform === 'win32'

/** Does nothing where the build is there: a release carries it. @throws {Error} with what went wrong and the way out. */
function setUp() {
  checkNode()
  if (isUpToDate()) {
    say('aka-twilio is up to date.')
    return
  }
  say('installing what the build needs (npm ci) …')
  const npm = run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'])
  if (npm.error) throw new Error('npm was not found. It comes with Node: https://nodejs.org')
  if (npm.status !== 0) throw new Error('npm ci failed (see above). Is the npm registry within reach from here?')
  say('building …')
  if (run(process.execPath, [join('scripts', 'build.mjs')]).status !== 0)
    throw new Error('the build failed (see above).')
  say('aka-twilio is ready.')
}

/**
 * aka moves a clone to the folder of that name once it is set up; where there is one, it fails in the end.
 * @throws {Error} that says so before anything is installed and built.
 */
function requireNotInstalled() {
  const installed = join(root, '..', 'twilio')
  if (root === installed || !existsSync(join(installed, 'index.js'))) return
  throw new Error('There is a plugin of that name already. To update it: aka update')
}

function checkNode() {
  const {engines} = require('../package.json')
  const [wantedMajor, wantedMinor] = majorAndMinor(engines.node.replace('>=', ''))
  const [major, minor] = majorAndMinor(process.versions.node)
  const older = major < wantedMajor || (major === wantedMajor && minor < wantedMinor)
  if (older)
    throw new Error(`Node ${engines.node} is needed; this is ${process.versions.node}. Get it at https://nodejs.org`)
}

/**
 * @param {string} version
 * @returns {[number, number]}
 */
function majorAndMinor(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return [major, minor]
}

/**
 * aka ignores a pull that failed. npm may have rewritten the lock file, which is no reason to stay behind; what somebody changed
 * on purpose is left alone, and said.
 */
function takeWhatPullLeft() {
  const newer = Number(git('rev-list', '--count', 'HEAD..@{upstream}'))
  if (newer === 0) return
  const changed = git('status', '--porcelain', '--untracked-files=no').split('\n').filter(Boolean)
  if (changed.every((line) => line.endsWith(' package-lock.json'))) {
    git('checkout', 'HEAD', '--', 'package-lock.json')
    if (run('git', ['merge', '--ff-only', '--quiet', '@{upstream}']).status === 0) return
  }
  say(`there is a newer version, but git could not pull it because of changes in ${root}:`)
  for (const line of changed) say(`  ${line}`)
  say(`to get it: git -C ${root} stash && aka update. Until then, this version is rebuilt.`)
}

/**
 * What git says, or nothing.
 * @param {...string} args
 */
function git(...args) {
  const {stdout} = spawnSync('git', args, {cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']})
  return (stdout || '').trimEnd()
}

/**
 * stdout is aka's.
 * @param {string} program
 * @param {string[]} args
 */
function run(program, args) {
  // On Windows npm is a script, for a shell alone; there a path would be taken apart at its spaces.
  return spawnSync(program, args, {cwd: root, stdio: ['ignore', 2, 2], shell: windows && program === 'npm'})
}

/** @param {string} sentence */
function say(sentence) {
  process.stderr.write(`${sentence}\n`)
}

module.exports = {requireNotInstalled, setUp, takeWhatPullLeft}
