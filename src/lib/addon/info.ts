import {findPlatformTwilio} from '../akkeris/addons.js'
import {readConfigVars, readConfigVarsIfThere} from '../akkeris/config-vars.js'
import {allOf} from '../all-of.js'
import {ourCommand} from '../command-line.js'
import {conflict, type Failure, notFound, refused} from '../errors.js'
import {waitUntilReleased} from '../registry/acquire-lease.js'
import {type Account, fetchAccountIfExists, findSubaccounts} from '../twilio/accounts.js'
import {readerIn, subaccount, type TwilioAccount} from '../twilio/connect.js'
import {readSending, type Sending} from '../twilio/sending.js'
import type {AddonEntry} from './addon-registry.js'
import type {AddonContext} from './context.js'
import {findOwnSubaccount, type OwnSubaccount, useItsRegistry} from './elsewhere.js'
import {requireSameHost} from './host.js'
import {type AddonRecord, askedNumber, subaccountName} from './record.js'
import {unfinished} from './unfinished.js'
import {ownerOf} from './vars.js'
import {type ConfigVarsState, configVarsState} from './vars-state.js'

export interface AddonInfo {
  readonly record: AddonRecord
  readonly account: Account | undefined
  /** Whether US carriers deliver its SMS; undefined before there is a number, and while the subaccount is not active. */
  readonly sending: Sending | undefined
  readonly configVars: ConfigVarsState
  /** Of foreign ones that are of another add-on of ours for it: the registry that has that. */
  readonly configVarsRegistry?: string | undefined
}

/** The registry's record of an app-space. @throws {Failure} `notFound` */
export async function requireRecord(
  context: Pick<AddonContext, 'registry' | 'akkeris'>,
  appSpace: string,
): Promise<AddonRecord> {
  const {record} = await requireEntry(context, appSpace)
  return record
}

/** The same as an item that can be changed. */
export async function requireEntry(
  {registry, akkeris}: Pick<AddonContext, 'registry' | 'akkeris'>,
  appSpace: string,
): Promise<AddonEntry> {
  const entry = await registry.read(appSpace)
  if (!entry) throw await noAddon({registry, akkeris}, appSpace)
  requireSameHost(entry.record, {registry, akkeris})
  return entry
}

/**
 * The subaccount is asked for by its name while the record, which has its SID, is on its way: that saves a round trip. None where
 * it is not found so (it was adopted, renamed, or its answer is what went wrong): then it is asked for by its SID.
 */
export function askByName(
  {main, registry, akkeris}: Pick<AddonContext, 'main' | 'registry' | 'akkeris'>,
  appSpace: string,
): Promise<readonly Account[]> {
  const name = subaccountName({registry: registry.name, host: akkeris.host, appSpace})
  return findSubaccounts(main, name).catch(() => [])
}

/**
 * The same, once whoever works on the app-space is done.
 * @throws {Failure} `notFound`; `conflict` when an interrupted operation left it unfinished.
 */
export async function untilReady(context: AddonContext, appSpace: string): Promise<AddonRecord> {
  const precondition = (record: AddonRecord) => requireSameHost(record, context)
  const entry = await waitUntilReleased(context.registry, appSpace, {...context.waiting, precondition})
  if (!entry) throw await noAddon(context, appSpace)
  requireReady(entry.record)
  return entry.record
}

/** @throws {Failure} `conflict` while an operation on the add-on is unfinished. */
export function requireReady(record: AddonRecord): void {
  const half = unfinished(record)
  if (!half) return
  const {appSpace, state} = record
  throw conflict(
    'ADDON_UNFINISHED',
    `The Twilio add-on of ${appSpace} is unfinished (${state}): ${half.what} was interrupted.`,
    `To resume: ${half.command}`,
    `See ${ourCommand(`addons:info twilio -a ${appSpace}`)}`,
  )
}

/** Mentions the platform's own Twilio add-on: whoever has that one would otherwise read that there is none. */
export async function noAddon(
  {registry, akkeris}: Pick<AddonContext, 'registry' | 'akkeris'>,
  appSpace: string,
): Promise<Failure> {
  // Whatever keeps Akkeris from telling is not what is wrong here.
  const platforms = await findPlatformTwilio(akkeris, appSpace).catch(() => undefined)
  if (platforms) {
    const {name, plan} = platforms
    return notFound(
      'ADDON_NOT_FOUND',
      `${appSpace} has no Twilio add-on of this plugin, but the platform's own: ${name} (${plan}).`,
      `That one is aka's: aka addons:info ${name} -a ${appSpace}`,
    )
  }
  const where = `the registry "${registry.name}" of the main account ${registry.account.sid}`
  const own = await ownSubaccountOf({registry, akkeris}, appSpace).catch(() => undefined)
  if (own) {
    return notFound(
      'ADDON_NOT_FOUND',
      `${appSpace} has a Twilio add-on (its TWILIO_SID is ${own.account.sid}, of this main account), but not in ${where}.`,
      own.registry === registry.name
        ? `To adopt that subaccount: ${ourCommand(`addons:create twilio:small -a ${appSpace}`)}`
        : useItsRegistry(own),
    )
  }
  return notFound(
    'ADDON_NOT_FOUND',
    `${appSpace} has no Twilio add-on in ${where}.`,
    `To create one: ${ourCommand(`addons:create twilio:small -a ${appSpace}`)}`,
    `All add-ons of the main account: ${ourCommand('twilio')}`,
  )
}

/** The subaccount that the config vars are of, where it is one of ours. */
async function ownSubaccountOf(
  context: Pick<AddonContext, 'registry' | 'akkeris'>,
  appSpace: string,
): Promise<OwnSubaccount | undefined> {
  const owner = ownerOf(await readConfigVars(context.akkeris, appSpace))
  return owner === undefined ? undefined : findOwnSubaccount(context, appSpace, owner)
}

/**
 * The subaccount of an add-on, active or suspended.
 * @param sameName what `askByName` gave
 * @throws {Failure} `notFound` before there is one, `refused` when it was closed outside of this tool.
 */
export async function requireSubaccount(
  main: TwilioAccount,
  record: AddonRecord,
  sameName?: Promise<readonly Account[]>,
): Promise<Account> {
  const account = await findSubaccount(main, requireAccountSid(record), sameName)
  if (!account || account.status === 'closed') throw subaccountClosed(record)
  return account
}

async function findSubaccount(
  main: TwilioAccount,
  sid: string,
  sameName?: Promise<readonly Account[]>,
): Promise<Account | undefined> {
  return (await sameName)?.find((account) => account.sid === sid) ?? fetchAccountIfExists(main, sid)
}

/**
 * A subaccount, and what is read in it: at once where the main account may read there. Why there is no such subaccount explains why
 * nothing could be read.
 */
export async function readInside<Result>(
  main: TwilioAccount,
  account: Promise<Account>,
  read: (reader: TwilioAccount) => Promise<Result>,
): Promise<[Account, Result]> {
  return allOf([account, readerIn(main, () => account).then(read)])
}

/** The same, when it is at work. @throws {Failure} as above, and `refused` while it is suspended. */
export async function requireActive(
  {main}: Pick<AddonContext, 'main'>,
  record: AddonRecord,
  sameName?: Promise<readonly Account[]>,
): Promise<Account> {
  const account = await requireSubaccount(main, record, sameName)
  if (account.status === 'active') return account
  throw refused(
    'SUBACCOUNT_NOT_ACTIVE',
    `The subaccount of ${record.appSpace} (${account.sid}) is ${account.status}.`,
    `To let it work again: ${ourCommand(`twilio:resume -a ${record.appSpace}`)}`,
  )
}

/** @throws {Failure} `notFound` */
export function requireAccountSid({appSpace, accountSid, plan}: AddonRecord): string {
  if (accountSid !== undefined) return accountSid
  throw notFound(
    'SUBACCOUNT_NOT_CREATED',
    `${appSpace} has no subaccount yet: its creation was interrupted.`,
    `To resume: ${ourCommand(`addons:create twilio:${plan} -a ${appSpace}`)}`,
  )
}

export function subaccountClosed({appSpace, accountSid, plan}: AddonRecord): Failure {
  return refused(
    'SUBACCOUNT_CLOSED',
    `The subaccount of ${appSpace} (${accountSid ?? 'unknown'}) was closed outside of this tool.`,
    `To start over: ${ourCommand(`addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`)}`,
    `Then: ${ourCommand(`addons:create twilio:${plan} -a ${appSpace}`)}`,
  )
}

export async function readInfo(context: AddonContext, appSpace: string): Promise<AddonInfo> {
  const sameName = askByName(context, appSpace)
  const [record, vars] = await Promise.all([
    requireRecord(context, appSpace),
    readConfigVarsIfThere(context.akkeris, appSpace),
  ])
  const {accountSid} = record
  const account = accountSid === undefined ? undefined : await findSubaccount(context.main, accountSid, sameName)
  const number = askedNumber(record)
  const sending =
    number && account?.status === 'active'
      ? await readSending(() => subaccount(context.main, account), number)
      : undefined
  const configVars = configVarsState(vars, record, account)
  const other = configVars === 'foreign' && vars ? ownerOf(vars) : undefined
  const own = other === undefined ? undefined : await findOwnSubaccount(context, appSpace, other)
  return {record, account, sending, configVars, configVarsRegistry: otherThan(context.registry.name, own?.registry)}
}

/** Nothing is in another registry that is in this one. */
export function otherThan(registry: string, found: string | undefined): string | undefined {
  return found === registry ? undefined : found
}
