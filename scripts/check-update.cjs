'use strict'
/**
 * Finds out whether the clone that this is in is behind the branch that it follows, and writes that into a file, where a later command reads
 * it. Started by a command that has ended by then (src/cli/update-notice.ts). Changes nothing in the clone.
 */
const {spawnSync} = require('node:child_process')
const {readFileSync, renameSync, writeFileSync} = require('node:fs')
const {join} = require('node:path')

const root = join(__dirname, '..')

// A hook of git says which repository is meant, and that is another one.
const env = {
  ...process.env,
  ...{GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined},
  ...{GIT_TERMINAL_PROMPT: '0', GCM_INTERACTIVE: 'never', GIT_SSH_COMMAND: 'ssh -oBatchMode=yes'},
}

/**
 * What git says; undefined where it fails, and where it would ask somebody.
 * @param {...string} args
 */
function git(...args) {
  const {status, stdout} = spawnSync('git', ['-C', root, ...args], {
    encoding: 'utf8',
    env,
    timeout: 10_000,
    windowsHide: true,
  })
  return status === 0 ? stdout.trim() : undefined
}

/** Undefined where it follows no branch, or that cannot be reached. */
function newestCommit() {
  const branch = git('symbolic-ref', '--short', 'HEAD')
  const remote = branch && git('config', `branch.${branch}.remote`)
  const followed = branch && git('config', `branch.${branch}.merge`)
  if (!remote || !followed) return undefined
  return git('ls-remote', remote, followed)?.split('\t')[0] || undefined
}

const newest = newestCommit()
const [, , path = ''] = process.argv
const state = JSON.parse(readFileSync(path, 'utf8'))
// A commit that is not in the clone yet is no ancestor, either.
const isBehind = newest !== undefined && git('merge-base', '--is-ancestor', newest, 'HEAD') === undefined
const draft = `${path}.${process.pid}.tmp`
writeFileSync(draft, JSON.stringify({...state, isBehind}), {mode: 0o600})
renameSync(draft, path)
