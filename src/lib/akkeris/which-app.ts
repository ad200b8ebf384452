import {spawnSync} from 'node:child_process'

import {usage} from '../errors.js'
import {checkAppSpace} from './app-space.js'

export interface FoundApp {
  readonly appSpace: string
  /** Where it comes from when it was not given on the command line; to be announced. */
  readonly source: string | undefined
}

/**
 * The app-space as `aka`'s own commands find it: --app, else AKKERIS_APP, else the git config of the current branch.
 * @throws {Failure} `usage` when nothing names one.
 */
export function findApp(given: string | undefined, env: NodeJS.ProcessEnv): FoundApp {
  if (given !== undefined) return {appSpace: checkAppSpace(given), source: undefined}
  if (env.AKKERIS_APP) return {appSpace: checkAppSpace(env.AKKERIS_APP), source: '$AKKERIS_APP'}
  const {said: branch, complaint} = git('symbolic-ref', '--quiet', '--short', 'HEAD')
  const key = `branch.${branch}.akkeris`
  const fromGit = branch && git('config', '--get', key).said
  if (fromGit) return {appSpace: checkAppSpace(fromGit), source: `git config ${key}`}
  throw usage(
    'APP_SPACE_MISSING',
    'Which app-space?',
    'Add -a APP-SPACE, e.g. -a api-default, or set AKKERIS_APP.',
    complaint.includes('dubious ownership')
      ? 'This git repository belongs to somebody else, so git does not read it: git config --global --add safe.directory PATH'
      : 'For the current git branch: git config branch.BRANCH.akkeris APP-SPACE',
  )
}

function git(...args: string[]): {readonly said: string; readonly complaint: string} {
  // In a known language, for its complaints.
  const env = {...process.env, LC_ALL: 'C'}
  const {stdout, stderr} = spawnSync('git', args, {encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe']})
  // Without git there is no output at all.
  const text = (output: string | null) => output?.trim() ?? ''
  return {said: text(stdout), complaint: text(stderr)}
}
