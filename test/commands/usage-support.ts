import {addUsage} from '../../src/sandbox/server/usage.js'
import {startWorld, type World, type WorldOptions} from '../support/cli.js'

/** A world whose clock stands still: Twilio's, not the machine's on which the commands run. */
export function worldAt(time: string, options: WorldOptions = {}): Promise<World> {
  return startWorld({now: () => Date.parse(time), ...options})
}

/** What an app-space used, as a tester says it; on a day of the month that is under way unless the day is whole. */
export async function use(world: World, app: string, category: string, usage: number, day?: string, price = 0) {
  const said = await world.sandbox.change((state, now) =>
    addUsage(state, now, {app, category, usage, price, ...(day !== undefined && {day})}),
  )
  if (typeof said === 'string') throw new Error(said)
}
