/**
 * Makes a release of the commit that is checked out: a commit of branch `release` with the same files and their build, so that
 * installing it is a clone and nothing else. `npm run release`; pushes nothing and leaves what is checked out as it is.
 */
import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'aka-twilio-release-'))
// Of its own, so that nobody's staged changes get into it.
const env = {...process.env, GIT_INDEX_FILE: join(folder, 'index')}
/** @param {...string} args */
const git = (...args) => execFileSync('git', args, {cwd: root, env, encoding: 'utf8'}).trim()

try {
  git('read-tree', 'HEAD')
  const changed = git('status', '--porcelain')
  if (changed !== '') throw new Error(`Commit these first; a release is of a commit:\n${changed}`)
  git('add', '--force', 'dist', 'oclif.manifest.json')
  const before = git(
    'for-each-ref',
    '--format=%(objectname)',
    'refs/heads/release',
    'refs/remotes/origin/release',
  ).split('\n')
  const parents = [...before.slice(0, 1).filter(Boolean), git('rev-parse', 'HEAD')].flatMap((commit) => ['-p', commit])
  const commit = git('commit-tree', git('write-tree'), ...parents, '-m', `Release ${version}`)
  git('tag', `v${version}`, commit)
  git('update-ref', 'refs/heads/release', commit)
  console.log(`v${version} is ready. To publish it: git push origin release v${version} && npm publish`)
} finally {
  rmSync(folder, {recursive: true})
}
