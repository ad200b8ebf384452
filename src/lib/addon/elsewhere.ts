import {ourCommand} from '../command-line.js'
import type {Account} from '../twilio/accounts.js'
import {findAccount} from '../twilio/accounts.js'
import {listMapNames} from '../twilio/sync-map.js'
import type {AddonContext} from './context.js'
import {subaccountName} from './record.js'

/** A subaccount of this main account that this tool made for an app-space. */
export interface OwnSubaccount {
  readonly account: Account
  /** The registry that it was made with; undefined where that is no longer there, or another Akkeris's. */
  readonly registry: string | undefined
}

/** Whether the subaccount of this SID is one of ours, active or suspended, and of which registry. */
export async function findOwnSubaccount(
  {registry, akkeris}: Pick<AddonContext, 'registry' | 'akkeris'>,
  appSpace: string,
  sid: string,
): Promise<OwnSubaccount | undefined> {
  const main = registry.account
  const account = await findAccount(main, sid)
  if (!account || account.status === 'closed' || !isOwnName(account.friendlyName)) return undefined
  return {account, registry: registryOf(account, await listMapNames(main), {host: akkeris.host, appSpace})}
}

/** Whether a subaccount of this name was made by this tool, for whatever app-space. */
export function isOwnName(friendlyName: string): boolean {
  return / aka-twilio [0-9a-f]{16}$/.test(friendlyName)
}

/** Which of these registries it was made with for the app-space, if any. */
export function registryOf(
  {friendlyName}: Pick<Account, 'friendlyName'>,
  registries: readonly string[],
  app: {readonly host: string; readonly appSpace: string},
): string | undefined {
  return registries.find((registry) => subaccountName({registry, ...app}) === friendlyName)
}

/** How to get at it. */
export function useItsRegistry({registry}: OwnSubaccount): string {
  return registry === undefined
    ? `Use the registry that it was made with: ${ourCommand('twilio:settings get registry')} says which, on the machine that made it.`
    : `It is in the registry "${registry}": ${ourCommand(`twilio:settings set registry ${registry}`)}`
}
