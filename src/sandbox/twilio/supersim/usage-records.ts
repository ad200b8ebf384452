import type {Context} from '../../http/context.js'
import {invalidParameter} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {pageWithMeta} from '../../http/pages.js'
import type {Route} from '../../http/router.js'
import type {SimData} from '../../state/types/sims.js'
import {mobileNetworks} from '../../world/mobile-networks.js'
import {bucketsOf, isIn, spanBetween, totalsOf} from '../../world/sim-data.js'
import {findBySidOrName, ownedByCaller} from '../shared/find.js'
import {readMoment, readOneOf} from '../shared/parameters.js'

export const simUsageRecordRoutes: readonly Route[] = [
  {product: 'supersim', method: 'GET', path: '/v1/UsageRecords', handle: list},
]

/** What usage can be selected and grouped by: the parameter of the query, and the property that shows it. */
const DIMENSIONS = [
  ['Sim', 'sim', 'sim_sid'],
  ['Fleet', 'fleet', 'fleet_sid'],
  ['Network', 'network', 'network_sid'],
  ['IsoCountry', 'isoCountry', 'iso_country'],
] as const

type Dimension = (typeof DIMENSIONS)[number][1]

function list(context: Context) {
  const {state, query, now, caller} = context
  const group = readOneOf<Dimension | ''>(query, 'Group', {
    allowed: ['', 'sim', 'fleet', 'network', 'isoCountry'],
    initial: '',
    invalid: () => invalidParameter('Group is sim, fleet, network or isoCountry'),
  })
  const granularity = readOneOf(query, 'Granularity', {
    allowed: ['hour', 'day', 'all'],
    initial: 'all',
    invalid: () => invalidParameter('Granularity is hour, day or all'),
  })
  const span = spanBetween(readMoment(query, 'StartTime'), readMoment(query, 'EndTime'), now)
  const wanted = selected(context)
  const used = ownedByCaller(context, state.simData)
    .filter(({simSid, createdAt}) => simSid.startsWith('HS') && isIn(createdAt, span))
    .map((data) => ({data, of: dimensionsOf(context, data)}))
    .filter(({of}) => wanted.every(([name, value]) => of[name] === value))
  const times = used.map(({data}) => data.createdAt)
  const records = bucketsOf(times, span, granularity).flatMap((bucket) => {
    const inside = used.filter(({data}) => isIn(data.createdAt, bucket))
    const groups = group === '' ? [undefined] : [...new Set(inside.map(({of}) => of[group]))]
    return groups.map((key) => ({
      bucket,
      shown: Object.fromEntries([...wanted, ...(group === '' ? [] : [[group, key] as const])]),
      data: inside.filter(({of}) => group === '' || of[group] === key).map(({data}) => data),
    }))
  })
  return pageWithMeta(context, {
    key: 'usage_records',
    all: records,
    idOf: ({bucket, shown}) => `${bucket.start} ${JSON.stringify(shown)}`,
    render: ({bucket, shown, data}) => {
      const {upload, download, total, billed} = totalsOf(data)
      return {
        account_sid: caller.account.sid,
        ...Object.fromEntries(DIMENSIONS.map(([, name, property]) => [property, shown[name] ?? null])),
        period: {start_time: iso8601(bucket.start), end_time: iso8601(bucket.end)},
        data_upload: upload,
        data_download: download,
        data_total: total,
        data_total_billed: String(billed),
        billed_unit: 'USD',
      }
    },
  })
}

/** The dimensions that a query selects by, with SIDs for names. */
function selected(context: Context): readonly (readonly [Dimension, string])[] {
  const {state, query} = context
  return DIMENSIONS.flatMap(([parameter, name]) => {
    const value = query.get(parameter)
    if (value === null) return []
    const named: readonly {sid: string; accountSid: string; uniqueName?: string | null}[] =
      name === 'sim' ? state.superSims : name === 'fleet' ? state.fleets : []
    return [[name, findBySidOrName(ownedByCaller(context, named), value)?.sid ?? value] as const]
  })
}

function dimensionsOf({state}: Context, {simSid, fleetSid, networkSid}: SimData): Record<Dimension, string | null> {
  const isoCountry = mobileNetworks(state).find(({sid}) => sid === networkSid)?.isoCountry ?? null
  return {sim: simSid, fleet: fleetSid, network: networkSid, isoCountry}
}
