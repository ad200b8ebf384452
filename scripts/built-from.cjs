'use strict'
/** What a build was made from, so that one that is there already need not be made again. Needs nothing from npm. */
const {createHash} = require('node:crypto')
const {readdirSync, readFileSync} = require('node:fs')
const {join} = require('node:path')

const root = join(__dirname, '..')

/** Part of the build, written last: the fingerprint of its sources. */
const stamp = join(root, 'dist', 'built-from.txt')

/** Of all that decides what is built. Line endings do not: git may have changed them. */
function fingerprint() {
  const hash = createHash('sha256')
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json', ...filesIn('scripts'), ...filesIn('src')])
    hash.update(`${file}\n${readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n')}\0`)
  return hash.digest('hex')
}

/**
 * @param {string} folder
 * @returns {string[]} with slashes, in the order of their characters
 */
function filesIn(folder) {
  return readdirSync(join(root, folder), {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map(({parentPath, name}) =>
      join(parentPath, name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}

function isUpToDate() {
  try {
    return readFileSync(stamp, 'utf8').trim() === fingerprint()
  } catch {
    return false
  }
}

module.exports = {stamp, fingerprint, isUpToDate}
