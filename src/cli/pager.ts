import {spawn} from 'node:child_process'

import {isAnimated, type Screen} from './output/terminal.js'

interface Terminal extends Screen {
  readonly rows?: number
}

/** What shows long lists; undefined where they are printed as they are. An empty variable, or `cat`, is a wish for none. */
export function pagerFor(text: string, screen: Terminal, env: NodeJS.ProcessEnv): string | undefined {
  const {isTTY = false, rows = 0} = screen
  if (!isTTY || env.CI || env.TERM === 'dumb' || text.split('\n').length < rows) return undefined
  const command = (env.AKA_TWILIO_PAGER ?? env.PAGER ?? 'less').trim()
  return command === '' || command === 'cat' ? undefined : command
}

/**
 * Shows a text with the pager, until the person leaves it. The variable is a command for the shell, as everywhere. Ctrl-C is the pager's.
 * @returns false where there is no such program
 */
export async function showInPager(command: string, text: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const ignore = () => undefined
  process.on('SIGINT', ignore)
  try {
    const colours = isAnimated(process.stdout, env) ? {LESS: 'FRX', LV: '-c'} : {LESS: 'FX'}
    const child = spawn(command, {
      shell: true,
      stdio: ['pipe', 'inherit', 'inherit'],
      env: {...colours, ...env},
    })
    // It may be left before it has read everything.
    child.stdin.on('error', ignore).end(`${text}\n`)
    const code = await new Promise<number | null>((resolve) => {
      child.once('error', () => resolve(127))
      child.once('close', resolve)
    })
    return code !== 127 && code !== 126
  } finally {
    process.off('SIGINT', ignore)
  }
}
