'use strict'
/**
 * Loads the bundle, dist/main.js, with what V8 compiled of it in earlier runs: compiling takes longer than most commands. The
 * compiled code is in the user's cache folder, and V8 itself rejects that of another Node. module.enableCompileCache() of Node 22
 * would do the same, in a fifth more time (docs/decisions/0013-one-bundle-compiled-once.md).
 */
const {mkdirSync, readFileSync, renameSync, statSync, writeFileSync} = require('node:fs')
const {Module} = require('node:module')
const {isAbsolute, join} = require('node:path')
const {Script} = require('node:vm')

const root = join(__dirname, '..')

/** @returns {typeof import('../src/main.js')} */
function loadBundle() {
  const filename = join(root, 'dist', 'main.js')
  // Asked for a second time, for the commands.
  const loaded = require.cache[filename]
  if (loaded) return loaded.exports

  // Of a file that was replaced meanwhile, nothing is used.
  const {ino, size, mtimeMs, ctimeMs} = statSync(filename)
  const bundle = `${filename} ${ino} ${size} ${mtimeMs} ${ctimeMs}`
  const folder = cacheFolder()
  const known = folder && readCompiled(folder, bundle)
  const script = new Script(readFileSync(filename, 'latin1'), {filename, ...(known && {cachedData: known.compiled})})

  const module = new Module(filename)
  module.filename = filename
  require.cache[filename] = module
  script.runInThisContext()(module.exports, Module.createRequire(filename), module, filename, join(root, 'dist'))
  module.loaded = true

  if (folder) {
    const [, , word = ''] = process.argv
    // Only what could be one: whatever else was typed is not written down.
    const command = /^[a-z]+(:[a-z0-9-]+)*$/.test(word) ? word : ''
    const commands = known && !script.cachedDataRejected ? known.commands : []
    // What a command calls is compiled when it calls it: so each adds its part once.
    if (!commands.includes(command) && commands.length < 100) {
      const flagsAtStart = flagsFingerprint()
      process.once('exit', () => {
        if (!flagsFingerprint().equals(flagsAtStart)) return
        saveCompiled(folder, {bundle, commands: [...commands, command]}, script)
      })
    }
  }
  return module.exports
}

/**
 * Differs between flags of V8, which marks what it compiles with them: what is compiled after a run has set others (src/lib/memory.ts)
 * would be rejected by every later run.
 */
function flagsFingerprint() {
  return new Script('0').createCachedData()
}

/** Where the user's caches are, as the XDG base directories say; undefined where nothing says it. */
function cacheFolder() {
  const {XDG_CACHE_HOME = '', LOCALAPPDATA = '', HOME = ''} = process.env
  if (isAbsolute(XDG_CACHE_HOME)) return join(XDG_CACHE_HOME, 'aka-twilio')
  if (process.platform === 'win32') return isAbsolute(LOCALAPPDATA) ? join(LOCALAPPDATA, 'aka-twilio') : undefined
  return isAbsolute(HOME) ? join(HOME, '.cache', 'aka-twilio') : undefined
}

/** One for each installation and each Node. @param {string} folder */
function fileIn(folder) {
  const installation = root.replaceAll(/\W+/g, '-').slice(-80)
  return join(folder, `compiled${installation}-${process.version}-${process.arch}`)
}

/**
 * The compiled code, and behind it as JSON, with the length of that in four bytes, what it is of.
 * @param {string} folder
 * @param {string} bundle
 * @returns {{compiled: Buffer, commands: string[]} | undefined}
 */
function readCompiled(folder, bundle) {
  try {
    if (!isPrivate(folder)) return undefined
    const content = readFileSync(fileIn(folder))
    const end = content.length - 4
    const start = end - content.readUInt32LE(end)
    const about = JSON.parse(content.toString('utf8', start, end))
    return about.bundle === bundle ? {compiled: content.subarray(0, start), commands: about.commands} : undefined
  } catch {
    return undefined
  }
}

/**
 * Whole or not at all, and never a reason to fail.
 * @param {string} folder
 * @param {{bundle: string, commands: string[]}} about
 * @param {Script} script
 */
function saveCompiled(folder, about, script) {
  try {
    mkdirSync(folder, {recursive: true, mode: 0o700})
    if (!isPrivate(folder)) return
    const text = Buffer.from(JSON.stringify(about))
    const length = Buffer.alloc(4)
    length.writeUInt32LE(text.length)
    const draft = `${fileIn(folder)}.${process.pid}`
    writeFileSync(draft, Buffer.concat([script.createCachedData(), text, length]), {mode: 0o600})
    renameSync(draft, fileIn(folder))
  } catch {
    // A full disk, a home that is read-only.
  }
}

/** What is in it is run: nobody else may be able to put it there. @param {string} folder */
function isPrivate(folder) {
  const {uid, mode} = statSync(folder)
  return process.platform === 'win32' || (uid === process.getuid?.() && (mode & 0o022) === 0)
}

module.exports = {loadBundle}
