import pLimit from 'p-limit'

import {type ConfigVars, readConfigVarsIfThere} from '../akkeris/config-vars.js'
import type {Akkeris} from '../akkeris/connect.js'
import {Failure} from '../errors.js'
import {type Account, fetchAccountIfExists, listSubaccounts} from '../twilio/accounts.js'
import {listMapNames, type MapItem} from '../twilio/sync-map.js'
import type {AddonRegistry} from './addon-registry.js'
import {isOwnName, registryOf} from './elsewhere.js'
import {otherThan} from './info.js'
import type {AddonRecord} from './record.js'
import {ownerOf} from './vars.js'
import {type ConfigVarsState, configVarsState} from './vars-state.js'

/** An add-on as it is recorded, and what is really there; undefined where nobody looked. */
export interface SeenAddon {
  readonly record: AddonRecord
  readonly accountStatus: Account['status'] | undefined
  readonly configVars: ConfigVarsState | undefined
  readonly configVarsRegistry?: string | undefined
}

/** Config vars take a request for each add-on. */
const usualLooks = 100
const atOnce = 12

interface Sight {
  readonly isSelected?: (record: AddonRecord) => boolean
  /** Whose config vars are looked at, of those that are selected. */
  readonly looksAt?: (record: AddonRecord) => boolean
  /** Of more add-ons the config vars are not looked at. */
  readonly mostLooks?: number
}

export interface Seen {
  readonly addons: readonly SeenAddon[]
  /** Keys of items that cannot be read. */
  readonly unknown: readonly string[]
  /** What all of this was seen in. */
  readonly items: readonly MapItem[]
  readonly accounts: readonly Account[]
}

/**
 * Every add-on of the registry that is selected.
 * @param akkeris undefined without a login there
 */
export async function seeAll(
  registry: AddonRegistry,
  akkeris: Akkeris | undefined,
  {isSelected = () => true, looksAt = () => true, mostLooks = usualLooks}: Sight = {},
): Promise<Seen> {
  const main = registry.account
  const [items, listed] = await Promise.all([registry.items(), listSubaccounts(main)])
  const {records: all, unknown} = registry.among(items)
  const records = all.filter(isSelected)
  const accounts = new Map(listed.map((account) => [account.sid, account]))
  const limit = pLimit(atOnce)
  const statusOf = async ({accountSid}: AddonRecord): Promise<Account['status'] | undefined> => {
    if (accountSid === undefined) return undefined
    // Lists are late, and Twilio forgets a closed account after 30 days.
    return accounts.get(accountSid)?.status ?? (await fetchAccountIfExists(main, accountSid))?.status ?? 'closed'
  }
  let registries: Promise<readonly string[]> | undefined
  const otherRegistryOf = async ({appSpace, host}: AddonRecord, vars: ConfigVars | undefined) => {
    const owner = vars && listed.find(({sid}) => sid === ownerOf(vars))
    if (!owner || owner.status === 'closed' || !isOwnName(owner.friendlyName)) return undefined
    registries ??= listMapNames(main)
    return otherThan(registry.name, registryOf(owner, await registries, {host, appSpace}))
  }
  const varsOf = async (record: AddonRecord): Promise<Pick<SeenAddon, 'configVars' | 'configVarsRegistry'>> => {
    const {appSpace, host, accountSid = ''} = record
    const unknown = {configVars: undefined, configVarsRegistry: undefined}
    if (host !== akkeris?.host || records.length > mostLooks || !looksAt(record)) return unknown
    try {
      const vars = await readConfigVarsIfThere(akkeris, appSpace)
      const configVars = configVarsState(vars, record, accounts.get(accountSid))
      return {
        configVars,
        configVarsRegistry: configVars === 'foreign' ? await otherRegistryOf(record, vars) : undefined,
      }
    } catch (error) {
      // The list is of use without Akkeris, too.
      if (!(error instanceof Failure) || error.outcome === 'interrupted') throw error
      return unknown
    }
  }
  const see = async (record: AddonRecord): Promise<SeenAddon> => {
    const [accountStatus, vars] = await Promise.all([statusOf(record), varsOf(record)])
    return {record, accountStatus, ...vars}
  }
  return {addons: await Promise.all(records.map((record) => limit(see, record))), unknown, items, accounts: listed}
}
