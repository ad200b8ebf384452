import {hostname, userInfo} from 'node:os'

/** Who runs this: in CI whoever caused the run, else the user of this machine. */
export function runBy({GITHUB_ACTOR: github, GITLAB_USER_LOGIN: gitlab}: NodeJS.ProcessEnv): string | undefined {
  const actor = github ?? gitlab
  if (actor) return actor
  try {
    return `${userInfo().username}@${hostname()}`
  } catch {
    // A user ID without a name, as in containers.
    return undefined
  }
}
