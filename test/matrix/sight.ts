import type {State} from '../../src/sandbox/sandbox.js'
import type {Seller} from '../support/seller.js'

/** An add-on, or an order of SIMs, as the registry has it. */
interface Item {
  readonly state?: string
  readonly plan?: string
  readonly lease?: unknown
  readonly isUnreported?: boolean
  readonly quantity?: number
  readonly stock?: readonly unknown[]
  readonly profiles?: readonly unknown[]
  readonly iccids?: readonly unknown[]
  readonly reservations?: readonly unknown[]
}

/**
 * Everything that costs money, is promised, or would be left over, so that two worlds can be compared in which the same was done:
 * without what is drawn by lot, and without times.
 */
export function sightOf(state: State, seller?: Seller): Readonly<Record<string, unknown>> {
  const {mainAccountSid} = state
  const ownerOf = (sid: string): string => (sid === mainAccountSid ? 'main' : 'sub')
  // At KORE it tells whose a SIM is; there it is named by what is drawn by lot, too.
  const fleetOf = (fleet: string | null): string =>
    state.fleets.find(({sid}) => sid === fleet)?.uniqueName?.replace(/[\da-f]{16}$/, '…') ?? ''
  const items = state.syncMaps
    .flatMap((map) => Object.entries(map.items))
    .filter(([, {data}]) => !isNothing(data as Item))
  return {
    subaccounts: state.accounts
      .filter(({sid, status}) => sid !== mainAccountSid && status !== 'closed')
      .map(({status}) => status),
    numbers: state.incomingNumbers
      .map(({accountSid, settings}) => `${ownerOf(accountSid)} ${JSON.stringify(settings)}`)
      .toSorted(),
    purchases: state.rentals.filter(({monthsPaid}) => monthsPaid === 0).length,
    configVars: varsOf(state),
    items: Object.fromEntries(
      items.map(([key, {data}]) => [key.replace(/ord-[0-9a-z]{8}/, 'ORDER'), itemOf(data as Item)]),
    ),
    triggers: state.usageTriggers
      .map(({friendlyName, triggerValue, settings}) => `${friendlyName} ${triggerValue} ${JSON.stringify(settings)}`)
      .toSorted(),
    secondaryTokens: state.secondaryTokens.length,
    sims: state.superSims
      .map(
        ({accountSid, status, uniqueName, fleetSid}) =>
          `${ownerOf(accountSid)} ${status} ${uniqueName} ${fleetOf(fleetSid)}`,
      )
      .toSorted(),
    orders: items.filter(([key]) => key.includes('/ord-')).length,
    profiles: state.eSimProfiles.length,
    fleets: state.fleets.map(({sid}) => fleetOf(sid)).toSorted(),
    accessProfiles: state.networkAccessProfiles.length,
    registration: registrationIn(state),
    ...sentIn(state),
    ...(seller && {sold: [...seller.sold.values()]}),
  }
}

/**
 * Of each part there is one, and no profile waits for being handed in. How far a registration has come follows from the time that
 * passed: reviews end while a run waits.
 */
function registrationIn(state: State): Readonly<Record<string, unknown>> {
  const own = <Part extends {readonly accountSid: string}>(parts: readonly Part[]) =>
    parts.filter(({accountSid}) => accountSid !== state.mainAccountSid)
  const bundles = own(state.trustBundles)
  const names = [
    ...bundles.map(({kind}) => kind),
    ...own(state.trustItems).map(({type}) => type),
    ...own(state.addresses).map(() => 'address'),
    ...state.brands.map(() => 'brand'),
    ...state.messagingServices.map(() => 'service'),
    ...state.campaigns.map(() => 'campaign'),
  ]
  return {
    profiles: bundles.filter(({kind, review}) => kind === 'customer-profile' && review).length,
    drafts: bundles.filter(({review}) => !review).map(({kind}) => kind),
    duplicates: names.filter((name, at) => names.indexOf(name) !== at),
    verifications: state.tollfreeVerifications.length,
  }
}

/** Of what is sent there may be no second one. */
export function sentIn({messages, calls, smsCommands, ipCommands}: State) {
  return {messages: messages.length, calls: calls.length, commands: smsCommands.length + ipCommands.length}
}

/** Keys of the registry that a run holds; whoever takes cards from stock next takes that lock over, whoever died with it. */
export function leasesIn({syncMaps}: State): readonly string[] {
  return syncMaps
    .flatMap((map) => Object.entries(map.items))
    .filter(([key, {data}]) => key !== 'stock/cards' && (data as Item).lease !== undefined)
    .map(([key]) => key)
}

/** Numbers of the orders that were placed since, and of which the registry says that whoever ordered was told. */
export function reportedIn(before: State, now: State): readonly string[] {
  const ordersIn = ({syncMaps}: State) =>
    syncMaps.flatMap((map) => Object.entries(map.items)).filter(([key]) => key.includes('/ord-'))
  const known = new Set(ordersIn(before).map(([key]) => key))
  return ordersIn(now)
    .filter(([key, {data}]) => {
      const {state, lease, isUnreported} = data as Item
      return !known.has(key) && state !== 'open' && lease === undefined && isUnreported !== true
    })
    .map(([key]) => key.slice(key.indexOf('/') + 1))
}

/** An order for nothing: its cards were registered for another one, by a run at the same time. */
function isNothing({state, quantity}: Item): boolean {
  return state === 'cancelled' && quantity === 0
}

function itemOf({state, plan, quantity, stock, profiles, iccids, reservations}: Item) {
  const counts = {stock, profiles, iccids, reservations}
  return {
    state,
    plan,
    quantity,
    ...Object.fromEntries(Object.entries(counts).map(([name, list]) => [name, list?.length])),
  }
}

/** Whether the app has what belongs to the subaccount that is there. */
function varsOf({apps, accounts, incomingNumbers, mainAccountSid}: State): Readonly<Record<string, string>> {
  const account = accounts.find(({sid, status}) => sid !== mainAccountSid && status !== 'closed')
  const number = incomingNumbers.find(({accountSid}) => accountSid === account?.sid)
  const right: Readonly<Record<string, string | undefined>> = {
    TWILIO_SID: account?.sid,
    TWILIO_AUTH_TOKEN: account?.authToken,
    TWILIO_PHONE_NUMBER: number?.phoneNumber,
  }
  const vars = Object.entries(apps['api-default']?.configVars ?? {})
  return Object.fromEntries(vars.map(([name, value]) => [name, value === right[name] ? 'right' : 'wrong']))
}
