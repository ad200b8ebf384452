import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import type {Fault} from '../../src/sandbox/sandbox.js'
import type {Finished, Running, World} from './cli.js'
import {PAST_THE_LEASE, signal} from './faults.js'

/** A process that stands still, and the file that says by how many seconds its clocks are ahead. */
export interface Stopped extends Running {
  readonly clock: string
}

/** The clocks of a child, as far as JavaScript sees them, are as far ahead as the file says. */
export function withClocksOf(file: string): Record<string, string> {
  const shim = `import {readFileSync} from 'node:fs'
const ahead = () => { try { return Number(readFileSync(${JSON.stringify(file)}, 'utf8')) } catch { return 0 } }
for (const clock of [Date, performance]) { const now = clock.now.bind(clock); clock.now = () => now() + ahead() * 1000 }`
  return {NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(shim)}`}
}

/** Starts a command whose process stands still from this call on. What the call waits for decides what becomes of it. */
export async function stopAt(
  world: World,
  command: string,
  fault: Omit<Fault, 'do'>,
  becomes: () => Promise<void> | void = () => undefined,
  refused?: Fault['do'],
): Promise<Stopped> {
  const clock = join(world.home, 'clock')
  const stopped = signal()
  const running = world.start(command, {env: withClocksOf(clock)})
  world.sandbox.faults.add({
    ...fault,
    do: {
      async call() {
        running.child.kill('SIGSTOP')
        stopped.give()
        await becomes()
      },
    },
  })
  if (refused) world.sandbox.faults.add({...fault, do: refused})
  await Promise.race([stopped.given, running.finished])
  return {...running, clock}
}

/** 80 s pass, for Twilio and, with its clock, for the process that stands still; then another run takes over. */
export async function takeOver(world: World, command: string, clock?: string): Promise<Finished> {
  if (clock !== undefined) await writeFile(clock, String(PAST_THE_LEASE))
  await world.sandbox.advanceClock(PAST_THE_LEASE)
  const second = world.start(command)
  // What the first run had sent already may have renewed its lease after that.
  second.child.stderr?.on('data', (text: string) => {
    if (text.includes('waiting')) void world.sandbox.advanceClock(PAST_THE_LEASE)
  })
  return second.finished
}

/** Lets the process that stood still go on to its end. */
export async function wake({child, finished}: Running): Promise<Finished> {
  child.kill('SIGCONT')
  return finished
}
