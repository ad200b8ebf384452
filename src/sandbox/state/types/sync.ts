import type {Dated, Owned} from './common.js'

export interface SyncMap extends Owned, Dated {
  uniqueName: string | null
  /** Grows with every write to the map or to one of its items, so that no two writes share a revision. */
  revision: number
  /** In milliseconds, where it has a time to live; it is gone from then on. */
  expiresAt?: number | undefined
  items: Record<string, SyncMapItem>
}

export interface SyncMapItem extends Dated {
  revision: number
  expiresAt?: number | undefined
  data: unknown
}
