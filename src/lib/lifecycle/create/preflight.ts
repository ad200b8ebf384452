import type {AddonContext} from '../../addon/context.js'
import {checkMainAccount} from '../../addon/main-account.js'
import type {CreateIntent} from '../../addon/record.js'
import {type ConfigVars, readConfigVars} from '../../akkeris/config-vars.js'
import {underWay} from '../../all-of.js'
import {type Candidates, findCandidates} from '../../number/search.js'
import {type Account, findSubaccounts} from '../../twilio/accounts.js'

/** What is looked at before anything is changed, all of it at once. */
export interface Preflight {
  readonly account: Promise<Account>
  readonly vars: Promise<ConfigVars>
  /** Subaccounts of the name that the app-space's has. */
  readonly sameName: Promise<Account[]>
  readonly candidates: Promise<Candidates>
}

export function startPreflight(
  {main, akkeris}: AddonContext,
  {appSpace, name, intent}: {appSpace: string; name: string; intent: CreateIntent},
): Preflight {
  // Each is awaited where it matters.
  return {
    account: underWay(checkMainAccount(main)),
    vars: underWay(readConfigVars(akkeris, appSpace)),
    sameName: underWay(findSubaccounts(main, name)),
    candidates: underWay(findCandidates(main, intent, appSpace)),
  }
}

/** Of several failures the one that explains the others: credentials first, then the app, then the rest. */
export async function awaitPreflight({account, vars}: Preflight): Promise<{account: Account; vars: ConfigVars}> {
  return {account: await account, vars: await vars}
}
