/**
 * The clock of the commands that run in this process (runner.mjs). With a world's clock (world-clock.ts) time passes as always, but
 * where every command of that world only waits, all of them, and its sandbox, are moved on to when the first of them goes on.
 */
import {once} from 'node:events'
import http from 'node:http'
import https from 'node:https'
import {connect} from 'node:net'
import {createInterface} from 'node:readline'
import {clearTimeout, setTimeout} from 'node:timers'
import timers from 'node:timers/promises'
import {promisify} from 'node:util'

/**
 * @typedef {{readonly port: number, readonly host: string, readonly group: number}} ClockAddress Where the clock is, the host of its world,
 *   and with which others the command was started.
 * @typedef {{readonly due: number, readonly fire: () => void}} Alarm
 */

const monotonic = performance.now.bind(performance)
const wallClock = Date.now.bind(Date)
/** How far the commands are ahead of the machine. */
let offset = 0
let changed = () => {}
/** Most answers have come by then; of one that has not, time may have to pass. */
const ANSWER_MS = 10
/** @type {{started(host: unknown): (isAbandoned: boolean) => void} | undefined} */
let requests
/** @type {Map<NodeJS.Timeout, Alarm>} */
const alarms = new Map()

const now = () => wallClock() + offset

/**
 * @param {(...args: unknown[]) => void} callback
 * @param {number} [delay]
 * @param {...unknown} args
 */
function startTimer(callback, delay = 1, ...args) {
  const fire = () => {
    alarms.delete(timer)
    callback(...args)
  }
  const timer = setTimeout(fire, delay)
  alarms.set(timer, {due: now() + delay, fire})
  changed()
  return timer
}

/** @param {NodeJS.Timeout} timer */
function stopTimer(timer) {
  alarms.delete(timer)
  clearTimeout(timer)
}

/**
 * @param {number} delay
 * @param {unknown} [value]
 * @param {import('node:timers').TimerOptions} [options]
 */
function wait(delay, value, {signal, ref = true} = {}) {
  return new Promise((resolve, reject) => {
    const abort = () => {
      stopTimer(timer)
      reject(Object.assign(new Error('The operation was aborted', {cause: signal?.reason}), {name: 'AbortError'}))
    }
    const timer = startTimer(() => {
      signal?.removeEventListener('abort', abort)
      resolve(value)
    }, delay)
    if (!ref) timer.unref()
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort, {once: true})
  })
}

/** Puts this clock in the place of Node's; `syncBuiltinESMExports` is left to the caller. */
export function installClock() {
  Object.assign(timers, {setTimeout: wait})
  Object.assign(startTimer, {[promisify.custom]: wait})
  Object.assign(globalThis, {setTimeout: startTimer, clearTimeout: stopTimer})
  performance.now = () => monotonic() + offset
  globalThis.Date = new Proxy(Date, {
    construct: (target, args, caller) => Reflect.construct(target, args.length === 0 ? [now()] : args, caller),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  })
  // From when it is made: it may take its time to be connected.
  for (const module of [http, https]) {
    const make = /** @type {(...args: unknown[]) => import('node:http').ClientRequest} */ (module.request)
    const request = (/** @type {unknown[]} */ ...args) => {
      const made = make(...args)
      const end = requests?.started(made.getHeader('host'))
      if (end) onEnd(made, end)
      return made
    }
    Object.assign(module, {request})
  }
}

/**
 * Tells at the end of a request whether it was given up on this side, so that the other side may never answer it.
 * @param {import('node:http').ClientRequest & {res?: import('node:http').IncomingMessage}} request
 * @param {(isAbandoned: boolean) => void} end
 */
function onEnd(request, end) {
  let [hasFailed, isAbandoned] = [false, false]
  request.prependOnceListener('error', () => (hasFailed = true))
  const destroy = request.destroy.bind(request)
  request.destroy = (...args) => {
    isAbandoned ||= !hasFailed && !request.res
    return destroy(...args)
  }
  request.once('close', () => end(isAbandoned))
}

/**
 * Lets the commands of this process follow the clock of a world until the end of the job.
 * @param {ClockAddress} address
 * @returns {Promise<() => void>} the end of it
 */
export async function followClock({port, host, group}) {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.unref()
  const lines = createInterface({input: socket})
  lines.on('error', () => {})
  let [sent, answered, elsewhere] = [0, 0, 0]
  let isOver = false
  /** @type {NodeJS.Timeout | undefined} */
  let later

  const report = () => {
    const dues = [...alarms].filter(([timer]) => timer.hasRef()).map(([, {due}]) => due)
    const due = dues.length > 0 && elsewhere === 0 ? Math.min(...dues) : null
    socket.write(`${JSON.stringify({group, isOver, sent, answered, due})}\n`)
  }
  const move = (/** @type {string} */ line) => {
    offset = Number(line)
    const rung = [...alarms].filter(([, {due}]) => due <= now()).sort(([, a], [, b]) => a.due - b.due)
    for (const [timer, {fire}] of rung) {
      if (!alarms.has(timer)) continue
      clearTimeout(timer)
      fire()
    }
    changed()
  }

  // A world that is closed has none any more: nobody waits for this command.
  const [first] = await Promise.race([once(lines, 'line'), once(lines, 'close')]).catch(() => [])
  if (first === undefined) return () => {}
  move(first)
  lines.on('line', move)
  changed = () => {
    clearTimeout(later)
    later = setTimeout(report, sent > answered ? ANSWER_MS : 0).unref()
  }
  requests = {
    started(target) {
      const isOurs = target === host
      if (isOurs) sent += 1
      else elsewhere += 1
      changed()
      return (isAbandoned) => {
        if (!isOurs) elsewhere -= 1
        else if (!isAbandoned) answered += 1
        changed()
      }
    },
  }
  return () => {
    clearTimeout(later)
    isOver = true
    report()
    socket.end()
    lines.removeListener('line', move)
    requests = undefined
    changed = () => {}
    alarms.clear()
    offset = 0
  }
}
