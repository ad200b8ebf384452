import {basename, isAbsolute, relative} from 'node:path'

import {quotedForShell} from './quoted-for-shell.js'

interface Caller {
  readonly env: NodeJS.ProcessEnv
  readonly cwd: () => string
}

/** What the person types to run this program again: the name of a link to it, or Node and the file that it was started with. */
export function programName(script: string, {env, cwd}: Caller): string {
  const name = basename(script)
  if (name !== 'run.js' && name !== 'dev.js') return env.npm_command === 'exec' ? `npx ${name}` : name
  // What npm installs on Windows is not a link.
  if (/[\\/]node_modules[\\/]aka-twilio[\\/]/.test(script)) return 'aka-twilio'
  // npm runs scripts in the package's folder, wherever the person is.
  const folder = env.npm_lifecycle_event ? (env.INIT_CWD ?? cwd()) : cwd()
  const path = relative(folder, script)
  return `node ${quotedForShell(path.startsWith('..') || isAbsolute(path) ? script : path)}`
}
