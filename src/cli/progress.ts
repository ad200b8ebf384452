import {Failure, UnknownOutcome} from '../lib/errors.js'
import type {LongWait} from '../lib/poll.js'
import {safeText} from '../lib/secrets.js'
import {type Colors, colorsFor} from './output/colors.js'
import {fitted} from './output/layout.js'
import {isAnimated} from './output/terminal.js'
import {cut} from './output/width.js'

/** Something that is being done, or waited for. */
interface Step {
  readonly doing: string
  readonly sinceMs: number
  /** Beside it, how far it is. */
  readonly status: (elapsedMs: number) => string
}

/** Those that began and have not ended, the latest last. */
let running: readonly Step[] = []
const waits = new Map<string, Step>()
let isAsking = false
let lastWroteMs = 0
let counted = ''
let ticking: NodeJS.Timeout | undefined
let frame = 0
let isDrawn = false

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** A step that takes no longer needs no time beside it. */
const longMs = 3000
/** In a log, after so long without a line. */
const silenceMs = 15_000

type Mark = 'done' | 'failed' | 'open'

/**
 * Does something and shows meanwhile what is being done: a spinner on a terminal, then a mark for how it ended; a line in a log. It
 * is always on stderr.
 */
export async function progress<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const step = begin(what, (elapsedMs) => counted || (elapsedMs < longMs ? '' : seconds(elapsedMs)))
  if (!isMoving()) print(`${step.doing} …`)
  try {
    const result = await work()
    end(step, 'done')
    return result
  } catch (error) {
    end(step, isRefusal(error) ? 'failed' : 'open')
    throw error
  }
}

/** How much of that is done: beside the spinner on a terminal, a line now and then in a log. */
export function countProgress(done: number, all: number, how = ''): void {
  const step = Math.ceil(all / 10)
  const text = `${done} of ${all}${how && `, ${how}`}`
  if (isMoving()) counted = text
  else if (all >= 100 && done % step === 0) print(`${text} …`)
}

/** What is waited for, for how long so far, and until when. */
export function tellWait({what, waitedMs, timeoutMs}: LongWait): void {
  const until = new Date(Date.now() + timeoutMs - waitedMs).toTimeString().slice(0, 8)
  const time = (elapsedMs: number) => `${seconds(elapsedMs)} so far, at most until ${until}`
  if (!isMoving()) return print(`${sentence(`waiting ${what}`)} (${time(waitedMs)}) …`)
  if (!waits.has(what)) waits.set(what, begin(`waiting ${what}`, time, Date.now() - waitedMs))
}

/** Nothing moves while a person is asked. */
export async function whileAsking<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  wipeProgress()
  isAsking = true
  try {
    return await ask()
  } finally {
    isAsking = false
  }
}

/** The wait is over, for whatever reason. */
export function tellWaited(what: string): void {
  const step = waits.get(what)
  waits.delete(what)
  if (step) end(step, undefined)
}

/** Nothing is under way any more. */
export function endProgress(): void {
  for (const step of running.toReversed()) end(step, 'open')
  waits.clear()
}

/** A line beside what is under way. */
export function writeToStderr(line: string): void {
  wipeProgress()
  print(line)
  draw()
}

/** Takes away what moves while something else is written; it comes back with the next tick. */
export function wipeProgress(): void {
  if (!isDrawn) return
  process.stderr.write('\r\u001B[K')
  isDrawn = false
}

function begin(what: string, status: Step['status'], sinceMs = Date.now()): Step {
  const step = {doing: sentence(what), sinceMs, status}
  running = [...running, step]
  counted = ''
  draw()
  tick()
  return step
}

function tick(): void {
  ticking ??= (isMoving() ? setInterval(draw, 100) : setInterval(tellSilence, 1000)).unref()
}

/** A log says what takes long, too. */
function tellSilence(): void {
  const step = running.at(-1)
  const elapsedMs = step ? Date.now() - Math.max(step.sinceMs, lastWroteMs) : 0
  if (!step || elapsedMs < silenceMs || isAsking) return
  print(`${step.doing} (${seconds(Date.now() - step.sinceMs)} so far) …`)
}

/** @param mark none for what leaves no line. */
function end(step: Step, mark: Mark | undefined): void {
  if (!running.includes(step)) return
  running = running.filter((each) => each !== step)
  counted = ''
  wipeProgress()
  if (isMoving() && mark) {
    const elapsedMs = Date.now() - step.sinceMs
    const time = elapsedMs < longMs ? '' : ` (${seconds(elapsedMs)})`
    print(`${marks(colors())[mark]} ${step.doing}${time}`)
  } else if (mark === 'failed') print(`Failed: ${step.doing}`)
  if (running.length > 0) return draw()
  clearInterval(ticking)
  ticking = undefined
}

function draw(): void {
  const step = running.at(-1)
  if (!step || !isMoving() || isAsking) return
  frame = (frame + 1) % frames.length
  const status = step.status(Date.now() - step.sinceMs)
  // What is cut is never the time.
  const time = status && ` (${status})`
  const text = `${cut(`${step.doing} …`, (process.stderr.columns || 80) - 4 - time.length)}${time}`
  process.stderr.write(`\r\u001B[K${colors().bold(frames[frame] ?? '')} ${text}`)
  isDrawn = true
}

function print(line: string): void {
  lastWroteMs = Date.now()
  process.stderr.write(`${fitted(line, process.stderr, process.env)}\n`)
}

function marks({green, red, yellow}: Colors): Readonly<Record<Mark, string>> {
  return {done: green('✔'), failed: red('✖'), open: yellow('!')}
}

function colors(): Colors {
  return colorsFor(process.stderr, process.env)
}

function isMoving(): boolean {
  return isAnimated(process.stderr, process.env)
}

/** Whether it is certain that it did not happen; of what was interrupted, or got no answer, nobody knows. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Failure) || error instanceof UnknownOutcome) return false
  return error.outcome !== 'temporary' && error.outcome !== 'interrupted'
}

function sentence(what: string): string {
  const safe = safeText(what)
  return safe.charAt(0).toUpperCase() + safe.slice(1)
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 1000)} s`
}
