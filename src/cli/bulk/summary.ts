import {ourCommand} from '../../lib/command-line.js'
import {safeText} from '../../lib/secrets.js'
import {numberOf} from '../../lib/text.js'
import {argvAgain, type ParsingToken, type Takes} from './argv.js'

interface Run {
  /** e.g. `addons:create`. */
  readonly command: string
  readonly raw: readonly ParsingToken[]
  readonly takes: Takes
  /** The list of what is left. */
  readonly failedTo: string | undefined
  readonly isDryRun: boolean
  /** Whether the same command would do again what is done. */
  readonly repeats: boolean
}

interface Ended {
  readonly done: number
  readonly failed: number
  readonly notBegun: number
}

/** `4 app-spaces: 3 done, 1 failed.`, and how to do what is left. */
export function summaryOf(run: Run, {done, failed, notBegun}: Ended, total?: string): string {
  const counts = [
    [done, run.isDryRun ? 'checked' : 'done'],
    [failed, 'failed'],
    [notBegun, 'not started'],
  ] as const
  const parts = counts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`)
  const all = numberOf(done + failed + notBegun, 'app-space')
  return [
    `${all}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}.`,
    ...(total === undefined ? [] : [total]),
    ...(failed + notBegun > 0 && !run.isDryRun ? [howToGoOn(run)] : []),
  ].join('\n')
}

function howToGoOn({command, raw, takes, failedTo, repeats}: Run): string {
  if (failedTo !== undefined)
    return `To do what is left: ${safeText(ourCommand([command, ...argvAgain(raw, failedTo, takes)].join(' ')))}`
  return repeats
    ? 'The same command would do all of them again. To do only what is left, add --failed-to FILE to it.'
    : 'To do what is left, run the same command again: what is done is skipped.'
}
