import type {ESimProfile} from '../../lib/carrier/port.js'
import {type CarrierName, carriers} from '../../lib/carrier/service.js'
import type {OrderRecord, OrderSeller} from '../../lib/sims/order.js'

interface Sources extends Pick<OrderRecord, 'kind' | 'quantity'> {
  readonly fromStock: readonly string[]
  readonly registered: number
  readonly profiles: readonly (string | Pick<ESimProfile, 'sid'>)[]
  readonly seller: OrderSeller | null
  readonly carrier?: CarrierName
}

/** Where an order's SIMs come from: `4 from stock, 6 from the administrator`. */
export function simSources({
  kind,
  quantity,
  fromStock,
  registered,
  seller,
  profiles,
  carrier = 'twilio',
}: Sources): string {
  if (kind === 'esim') return `${profiles.length} of ${quantity} ordered from ${carriers[carrier].title}`
  const rest = quantity - fromStock.length - registered
  const from = seller === 'endpoint' ? 'the ordering endpoint' : 'the administrator'
  return [
    fromStock.length > 0 && `${fromStock.length} from stock`,
    registered > 0 && `${registered} registered`,
    rest > 0 && `${rest} ${seller === null ? 'not ordered yet' : `from ${from}`}`,
  ]
    .filter(Boolean)
    .join(', ')
}
