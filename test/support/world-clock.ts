import {type AddressInfo, createServer, type Socket} from 'node:net'
import {createInterface} from 'node:readline'
import {setTimeout as wait} from 'node:timers/promises'

import type {Send} from '../../src/lib/transport/types.js'

/** What a command last said of itself (runner-clock.mjs): requests to the sandbox so far, and when it goes on by itself. */
interface Report {
  /** With which others it was started. */
  readonly group: number
  readonly isOver: boolean
  readonly sent: number
  readonly answered: number
  /** Null while it computes, or waits for somebody else. */
  readonly due: number | null
}

/**
 * The time of a world: that of the machine, but nobody waits for it to pass. As soon as all its commands do nothing but wait, for a
 * retry, a rollout, or an answer that never comes, it is moved on to when the first of them goes on.
 */
export interface WorldClock {
  readonly port: number
  /** The sandbox's time is this, and so is what its slow answers take. */
  readonly ofSandbox: {readonly now: () => number; readonly sleep: (milliseconds: number) => Promise<void>}
  /** Counts what the sandbox is asked, so that time never passes while it works. */
  counted(send: Send): Send
  /** While so many commands run: of those in processes of their own nothing is known, so that time passes as it does. */
  during<Result>(run: (group: number) => Promise<Result>, commands?: number): Promise<Result>
  close(): Promise<void>
}

export async function startWorldClock(): Promise<WorldClock> {
  let offset = 0
  let running = 0
  let groups = 0
  /** How many of each are still running. */
  const left = new Map<number, number>()
  let round = newRound()
  const now = (): number => Date.now() + offset

  function check(): void {
    const {reports, ended, received, answered, sleepers} = round
    const commands = [...reports.values()]
    const total = (field: 'sent' | 'answered') => commands.reduce((sum, each) => sum + each[field], ended[field])
    if (running === 0 || commands.length !== running) return
    // A request or an answer is on its way, or the sandbox is at work.
    if (total('sent') !== received || total('answered') !== answered || received - answered !== sleepers.size) return
    const dues = commands.map(({due}) => due).filter((due) => due !== null)
    if (dues.length === commands.length) moveTo(Math.min(...dues, ...[...sleepers].map(({due}) => due)))
  }

  function moveTo(due: number): void {
    // A timer is never early, but rounds.
    offset += Math.max(0, due - now()) + 1
    for (const socket of round.reports.keys()) socket.write(`${offset}\n`)
    round.reports.clear()
    for (const sleeper of round.sleepers) if (sleeper.due <= now()) sleeper.wake()
  }

  function leave(group: number, commands: number): void {
    running -= commands
    left.set(group, (left.get(group) ?? 0) - commands)
  }

  async function sleep(milliseconds: number): Promise<void> {
    const {sleepers} = round
    const over = new AbortController()
    const sleeper = {due: now() + milliseconds, wake: () => over.abort()}
    sleepers.add(sleeper)
    check()
    await wait(milliseconds, undefined, {signal: over.signal, ref: false}).catch(() => undefined)
    sleepers.delete(sleeper)
  }

  const server = createServer((socket) => {
    const current = round
    socket.on('error', () => undefined)
    socket.on('close', () => current.reports.delete(socket))
    socket.write(`${offset}\n`)
    createInterface({input: socket}).on('line', (line) => {
      const report = JSON.parse(line) as Report
      if (report.isOver) end(report)
      else current.reports.set(socket, report)
      check()
    })
    const end = ({group, sent, answered}: Report): void => {
      current.reports.delete(socket)
      current.ended.sent += sent
      current.ended.answered += answered
      if (left.get(group)) leave(group, 1)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    port: (server.address() as AddressInfo).port,
    ofSandbox: {now, sleep},
    counted: (send) => async (request) => {
      const current = round
      current.received += 1
      try {
        return await send(request)
      } finally {
        current.answered += 1
        check()
      }
    },
    async during(run, commands = 1) {
      if (running === 0) round = newRound()
      running += commands
      const group = ++groups
      left.set(group, commands)
      try {
        return await run(group)
      } finally {
        // Those that said nothing: they were killed, or have processes of their own.
        leave(group, left.get(group) ?? 0)
        left.delete(group)
        check()
      }
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** What is counted from when the first of several commands starts until the last of them has ended. */
function newRound() {
  return {
    reports: new Map<Socket, Report>(),
    /** By commands that are over. */
    ended: {sent: 0, answered: 0},
    received: 0,
    answered: 0,
    sleepers: new Set<{readonly due: number; readonly wake: () => void}>(),
  }
}
