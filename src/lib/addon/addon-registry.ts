import {type Entry, Items, type Unstamped} from '../registry/items.js'
import {isSid} from '../shape.js'
import type {MapItem} from '../twilio/sync-map.js'
import {plans} from './plans.js'
import type {AddonRecord} from './record.js'

export type AddonEntry = Entry<AddonRecord>

/** The add-ons of a main account: one Sync Map, an item per app-space. */
export class AddonRegistry extends Items<AddonRecord> {
  protected override readonly formerNames = {movedIn: 'transferred'}

  override keyOf({appSpace}: Unstamped<AddonRecord>): string {
    return appSpace
  }

  /** Every add-on, and the keys of items that another version wrote. */
  async list(): Promise<{records: AddonRecord[]; unknown: string[]}> {
    return this.among(await this.items())
  }

  /** The same, of items that were read already. */
  among(items: readonly MapItem[]): {records: AddonRecord[]; unknown: string[]} {
    // With a slash in its key: an order of SIM cards, or a card that one is taking from stock.
    const addons = items.filter(({key}) => !key.includes('/'))
    const known = addons.filter((item) => this.isOurs(item))
    return {
      records: known.map((item) => this.recordOf(item)),
      unknown: addons.filter((item) => !this.isOurs(item)).map(({key}) => key),
    }
  }

  protected override isOurs({key, data}: MapItem): boolean {
    const record = data as Partial<AddonRecord> | null
    return (
      record?.v === 1 &&
      record.appSpace === key &&
      record.plan !== undefined &&
      record.plan in plans &&
      // They become part of addresses.
      [record.accountSid, record.phoneNumber?.sid].every((sid) => sid === undefined || isSid(sid))
    )
  }
}
