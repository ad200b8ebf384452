import {type Entry, Items, type Unstamped} from '../registry/items.js'
import type {MapItem} from '../twilio/sync-map.js'
import type {AddonRecord} from './record.js'
import {recordProblem} from './record-problem.js'

export type AddonEntry = Entry<AddonRecord>

/** The add-ons of a main account: one Sync Map, an item per app-space. */
export class AddonRegistry extends Items<AddonRecord> {
  protected override readonly formerNames = {movedIn: 'transferred'}

  override keyOf({appSpace}: Unstamped<AddonRecord>): string {
    return appSpace
  }

  /** Every add-on, and the keys of items that cannot be read. */
  async list(): Promise<{records: AddonRecord[]; unknown: string[]}> {
    return this.among(await this.items())
  }

  /** The same, of items that were read already. */
  among(items: readonly MapItem[]): {records: AddonRecord[]; unknown: string[]} {
    // With a slash in its key: an order of SIM cards, or a card that one is taking from stock.
    const addons = items.filter(({key}) => !key.includes('/'))
    const known = new Set(addons.filter((item) => this.canRead(item)))
    return {
      records: [...known].map((item) => this.recordOf(item)),
      unknown: addons.filter((item) => !known.has(item)).map(({key}) => key),
    }
  }

  protected override problemOf({key, data}: MapItem): string | undefined {
    return recordProblem(data, key)
  }
}
