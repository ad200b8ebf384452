import {clearScreenDown, moveCursor} from 'node:readline'

import {Failure, usage} from '../../lib/errors.js'
import type {Interruption} from '../interruption.js'
import {fitted} from './layout.js'

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
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly seconds: number
  readonly render: (report: Report) => string
  readonly print: (text: string) => void
}

export type Screen = Pick<Watching<unknown>, 'interruption' | 'print'>

/** What every report is watched with. */
export function watching(
  screen: Screen,
  {transport}: {readonly transport: {readonly sleep: (milliseconds: number) => Promise<void>}},
  {interval: seconds = 10}: {readonly interval?: number | undefined},
): Screen & Pick<Watching<unknown>, 'sleep' | 'seconds'> {
  return {...screen, seconds, sleep: async (time) => transport.sleep(time)}
}

/** What is redrawn must fit on the screen: the rest of a long list is counted. */
export function onScreen(text: string, rows: number): string {
  const lines = text.split('\n')
  const room = Math.max(1, rows - 1)
  if (rows === 0 || lines.length <= room) return text
  return [...lines.slice(0, room - 1), `… ${lines.length - room + 1} more lines`].join('\n')
}

/** Redraws a report until Ctrl-C, and says so below. A temporary failure is shown below the last report, and reading is tried again. */
export async function watch<Report>({
  interruption,
  first,
  read,
  sleep,
  seconds,
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
      const below = `\n\nRefreshed every ${seconds} s, last at ${new Date().toTimeString().slice(0, 8)}; Ctrl-C stops.${trouble}`
      const rows = process.stdout.rows || 0
      const shown =
        onScreen(fitted(render(report), process.stdout, process.env), rows - below.split('\n').length + 1) + below
      print(shown)
      lines = shown.split('\n').length
      await sleep(seconds * 1000)
      try {
        report = await read()
        trouble = ''
      } catch (error) {
        if (!(error instanceof Failure) || error.outcome !== 'temporary') throw error
        trouble = `\n! ${error.message}`
      }
    }
  })
  return report
}
