import type {Dated, Owned} from './common.js'

export interface SyncMap extends Owned, Dated {
  uniqueName: string | null
  /** Grows with every write to the map or to one of its items, so that no two writes share a revision. */
  revision: number
  items: Record<string, SyncMapItem>
}

export interface SyncMapItem extends Dated {
  revision: number
  data: unknown
}
