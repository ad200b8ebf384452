import {type ItemData, itemProblem, Items, itemShape} from '../../src/lib/registry/items.js'
import type {MapItem} from '../../src/lib/twilio/sync-map.js'
import {type InProcess, startInProcess} from './in-process.js'

/** What an item of a registry may be about. */
export interface Thing extends ItemData {
  readonly name: string
  readonly value: number
}

const thingShape = itemShape({name: 'text', value: 'amount'})

export class Things extends Items<Thing> {
  override keyOf({name}: Pick<Thing, 'name'>): string {
    return name
  }

  protected override problemOf({data}: MapItem): string | undefined {
    return itemProblem(data, thingShape)
  }
}

/** A registry of things in this process; each of its runs writes with nonces of its own. */
export async function startRegistry(): Promise<InProcess & {readonly things: Things; newRun(): Things}> {
  const world = await startInProcess()
  const newRun = () => new Things(world.main, 'things')
  return {...world, things: newRun(), newRun}
}

/** An item as Twilio lists it. */
export const listed = (key: string, data: object): MapItem => ({
  key,
  data,
  revision: '1',
  updatedAt: new Date(0),
  readAt: undefined,
})

export const thing = (value = 1, name = 'a') => ({v: 1, name, value}) as const
export const atOnce = Promise.resolve()
