import {ux} from '@oclif/core'

import type {LongWait} from '../lib/poll.js'
import {safeText} from '../lib/secrets.js'

/** What is being done now: a spinner on a terminal, a line in a log; always on stderr. */
export function startProgress(what: string): void {
  endProgress()
  const doing = safeText(what)
  if (process.stderr.isTTY) ux.action.start(doing)
  else writeToStderr(`${doing} …`)
}

/** How much of that is done: beside the spinner on a terminal, a line now and then in a log. */
export function countProgress(done: number, all: number): void {
  const step = Math.ceil(all / 10)
  if (ux.action.running) ux.action.status = `${done} of ${all}`
  else if (all >= 100 && done % step === 0) writeToStderr(`${done} of ${all} …`)
}

/** What is waited for, for how long so far, and until when. */
export function tellWait({what, waitedMs, timeoutMs}: LongWait): void {
  const doing = safeText(`waiting ${what}`)
  const end = new Date(Date.now() + timeoutMs - waitedMs).toTimeString().slice(0, 8)
  const time = `${Math.round(waitedMs / 1000)} s so far, at most until ${end}`
  if (!process.stderr.isTTY) return writeToStderr(`${doing} (${time}) …`)
  if (ux.action.task?.action !== doing) startProgress(doing)
  ux.action.status = time
}

export function endProgress(how = 'done'): void {
  if (ux.action.running) ux.action.stop(how)
}

/** A line after the progress, not into the middle of it. */
export function writeToStderr(line: string): void {
  endProgress()
  process.stderr.write(`${line}\n`)
}
