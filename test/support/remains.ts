import type {State} from '../../src/lib/sandbox/sandbox.js'
import {callsOfCleanRun, inWorld, isWrite} from './faults.js'

/** Calls that are sent together take effect in either order: the registry's first, or the others'. */
const orders = {
  'the registry first': {path: String.raw`^(api\.twilio\.com|apps\.)`},
  'the registry last': {path: String.raw`^sync\.twilio\.com`},
}

/** What a run leaves behind that is killed right before or right after any of its calls: nothing of it is on the machine. */
export async function remains(command: string, from?: State): Promise<[title: string, State][]> {
  const calls = (await callsOfCleanRun(command, from)).filter(isWrite)
  const left = new Map<string, [string, State]>()
  for (const [order, slow] of Object.entries(orders)) {
    await inWorld(from, async (world) => {
      const {sandbox} = world
      sandbox.faults.add({...slow, when: 'before', times: 99, do: {delayMs: 30}})
      for (const {title, ...call} of calls) {
        for (const when of ['before', 'after'] as const) {
          const keep = async (): Promise<void> => {
            const state = await sandbox.read((now) => structuredClone(now))
            const name = `${when} ${title}, ${order}`
            left.set(alike(state), left.get(alike(state)) ?? [name, state])
          }
          sandbox.faults.add({...call, when, do: {call: keep}})
        }
      }
      await world.aka(command)
    })
  }
  return [...left.values()]
}

/** The same for all that comes after: times and nonces aside. */
function alike(state: State): string {
  return JSON.stringify(state, (key, value: unknown) => (/At$|nonce|holder/.test(key) ? '' : value))
}
