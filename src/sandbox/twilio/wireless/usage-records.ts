import type {Context} from '../../http/context.js'
import {iso8601} from '../../http/format.js'
import {pageWithMeta} from '../../http/pages.js'
import type {Route} from '../../http/router.js'
import type {SimData, WirelessCommand} from '../../state/types/sims.js'
import {mobileNetworks} from '../../world/mobile-networks.js'
import {COMMAND_PRICE} from '../../world/prices.js'
import {bucketsOf, type Granularity, isIn, spanBetween, totalsOf} from '../../world/sim-data.js'
import {findInPath, ownedByCaller} from '../shared/find.js'
import {readMoment, readOneOf} from '../shared/parameters.js'
import {invalidValue} from './errors.js'

export const wirelessUsageRoutes: readonly Route[] = [
  {product: 'wireless', method: 'GET', path: '/v1/UsageRecords', handle: (context) => listUsage(context)},
  {
    product: 'wireless',
    method: 'GET',
    path: '/v1/Sims/{SimSid}/UsageRecords',
    handle: (context) => listUsage(context, simOf(context)),
  },
  {product: 'wireless', method: 'GET', path: '/v1/Sims/{SimSid}/DataSessions', handle: listSessions},
]

function simOf(context: Context): string {
  return findInPath(context, ownedByCaller(context, context.state.wirelessSims), 'SimSid').sid
}

const GRANULARITIES: Readonly<Record<string, Granularity>> = {hourly: 'hour', daily: 'day', all: 'all'}

function listUsage(context: Context, simSid?: string) {
  const {state, query, now, caller} = context
  const named = readOneOf(query, 'Granularity', {
    allowed: ['hourly', 'daily', 'all'],
    initial: 'all',
    invalid: () => invalidValue('Granularity'),
  })
  const span = spanBetween(readMoment(query, 'Start'), readMoment(query, 'End'), now)
  const used = <T extends SimData | WirelessCommand>(all: readonly T[]): T[] =>
    ownedByCaller(context, all).filter((each) => each.simSid === (simSid ?? each.simSid) && isIn(each.createdAt, span))
  const data = used(state.simData).filter((each) => each.simSid.startsWith('DE'))
  const commands = used(state.wirelessCommands)
  const times = [...data, ...commands].map(({createdAt}) => createdAt)
  return pageWithMeta(context, {
    key: 'usage_records',
    all: bucketsOf(times, span, GRANULARITIES[named] ?? 'all'),
    idOf: ({start}) => String(start),
    render: (bucket) => ({
      account_sid: caller.account.sid,
      ...(simSid !== undefined && {sim_sid: simSid}),
      period: {start: iso8601(bucket.start), end: iso8601(bucket.end)},
      commands: commandUsage(commands.filter(({createdAt}) => isIn(createdAt, bucket))),
      data: dataUsage(data.filter(({createdAt}) => isIn(createdAt, bucket))),
    }),
  })
}

/** Everything is used at home, which is the US. */
function commandUsage(commands: readonly WirelessCommand[]) {
  const home = summary(commands)
  return {...home, home, national_roaming: summary([]), international_roaming: []}
}

function summary(commands: readonly WirelessCommand[]) {
  const toSim = commands.filter(({direction}) => direction === 'to_sim').length
  const billed = Number((commands.length * COMMAND_PRICE).toFixed(5))
  return {billing_units: 'USD', billed, total: commands.length, from_sim: commands.length - toSim, to_sim: toSim}
}

function dataUsage(data: readonly SimData[]) {
  const of = (part: readonly SimData[]) => ({billing_units: 'USD', ...totalsOf(part), units: 'bytes'})
  return {...of(data), home: of(data), national_roaming: of([]), international_roaming: []}
}

const SESSION_MS = 60_000

/** Whatever a SIM sends and receives at one time is a session of a minute. */
function listSessions(context: Context) {
  const {state, now} = context
  const simSid = simOf(context)
  const networks = mobileNetworks(state)
  return pageWithMeta(context, {
    key: 'data_sessions',
    all: ownedByCaller(context, state.simData).filter((each) => each.simSid === simSid),
    idOf: ({sid}) => sid,
    render: ({sid, accountSid, networkSid, upload, download, createdAt}) => {
      const network = networks.find((each) => each.sid === networkSid)
      const end = createdAt + SESSION_MS
      return {
        sid,
        sim_sid: simSid,
        account_sid: accountSid,
        radio_link: 'LTE',
        operator_mcc: network?.identifiers[0]?.mcc ?? null,
        operator_mnc: network?.identifiers[0]?.mnc ?? null,
        operator_country: network?.isoCountry ?? null,
        operator_name: network?.friendlyName ?? null,
        cell_id: null,
        cell_location_estimate: {},
        packets_uploaded: upload,
        packets_downloaded: download,
        last_updated: iso8601(Math.min(end, now)),
        start: iso8601(createdAt),
        end: end <= now ? iso8601(end) : null,
        imei: null,
      }
    },
  })
}
