import {clearScreenDown, moveCursor} from 'node:readline'

import {Failure, usage} from '../../lib/errors.js'
import type {Interruption} from '../interruption.js'

/** @throws {Failure} `usage` without a terminal. */
export function requireScreen(): void {
  if (process.stdout.isTTY) return
  throw usage(
    'TERMINAL_REQUIRED',
    '--watch redraws a terminal, and there is none.',
    'Leave --watch out, or use --json.',
  )
}

interface Watching<Report> {
  readonly interruption: Interruption
  readonly first: Report
  readonly read: () => Promise<Report>
  readonly pause: () => Promise<void>
  readonly render: (report: Report) => string
  readonly print: (text: string) => void
}

/** Redraws a report until Ctrl-C. A temporary failure is shown below the last report, and reading is tried again. */
export async function watch<Report>({
  interruption,
  first,
  read,
  pause,
  render,
  print,
}: Watching<Report>): Promise<Report> {
  let report = first
  let lines = 0
  let trouble = ''
  await interruption.untilInterrupted(async () => {
    for (;;) {
      if (lines > 0) {
        moveCursor(process.stdout, 0, -lines)
        clearScreenDown(process.stdout)
      }
      const shown = render(report) + trouble
      print(shown)
      lines = shown.split('\n').length
      await pause()
      try {
        report = await read()
        trouble = ''
      } catch (error) {
        if (!(error instanceof Failure) || error.outcome !== 'temporary') throw error
        trouble = `\n\n! ${error.message}`
      }
    }
  })
  return report
}
