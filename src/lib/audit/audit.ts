import {conditionsOf} from '../addon/condition.js'
import type {AddonContext} from '../addon/context.js'
import {type AddonRecord, subaccountName} from '../addon/record.js'
import {seeAll, type Seen, type SeenAddon} from '../addon/see-all.js'
import {unfinished} from '../addon/unfinished.js'
import {ourCommand} from '../command-line.js'
import {DestroyedBook} from '../invoice/destroyed.js'
import type {Price} from '../invoice/twilio-charges.js'
import {isOutstanding} from '../sims/order.js'
import {OrderBook} from '../sims/order-book.js'
import type {Account} from '../twilio/accounts.js'
import {readerIn} from '../twilio/connect.js'
import {listNumbers} from '../twilio/numbers.js'
import type {MapItem} from '../twilio/sync-map.js'
import {usageReader} from '../twilio/usage.js'
import type {AuditFinding, FindingKind} from './document.js'
import {finding} from './finding.js'
import {blockedNumbers, withoutAlerts} from './ready-addons.js'

/** An order that nothing happened to for so long is asked about. */
const stuckAfterMs = 14 * 86_400_000

export interface Audit {
  readonly findings: readonly AuditFinding[]
  /** How many add-ons were checked. */
  readonly addons: number
}

/** A main account, and the profile that a space has. */
export interface Belonging {
  readonly profile: string
  /** Undefined where this machine has no login. */
  readonly accountSid: string | undefined
}

interface AuditOptions {
  readonly onProgress?: (done: number, all: number) => void
  /** Where an app-space's add-on is to be; undefined where nothing says so. */
  readonly belongsTo?: (appSpace: string) => Promise<Belonging | undefined>
}

/** Compares the registry with subaccounts, app-spaces and config vars. It reads alone. */
export async function audit(
  context: AddonContext,
  {onProgress = () => undefined, belongsTo}: AuditOptions = {},
): Promise<Audit> {
  const {main, registry, akkeris} = context
  const [{addons, unknown, items, accounts}, numbers] = await Promise.all([
    seeAll(registry, akkeris, {mostLooks: Infinity}),
    listNumbers(main),
  ])
  const orphans = orphansAmong(context, accounts, {addons, unknown})
  const findings = [
    ...(await Promise.all(orphans.map((orphan) => orphanFinding(context, orphan, addons)))),
    ...addons.flatMap(conditionFindings),
    ...(await misplacedFindings(context, addons, belongsTo)),
    ...(await Promise.all(addons.map(({record}) => unfinishedFinding(context, record)))).flat(),
    ...stuckOrders(context, items),
    ...numbers.map(({e164}) =>
      finding('number-in-main-account', {
        detail: `The main account has ${e164}: its own, or kept when an add-on was destroyed. Twilio charges for it.`,
        commands: [ourCommand(`addons:create twilio:small -a APP-SPACE --phone-number ${e164}`)],
      }),
    ),
    ...(await withoutAlerts(context, addons, onProgress)),
    ...(await blockedNumbers(context, {addons, accounts}, onProgress)),
    ...oldRecords(context, items),
    ...unknown.map((key) =>
      finding('unknown-item', {
        detail: `The registry's item ${key} cannot be read: another version wrote it, or somebody edited it.`,
      }),
    ),
  ]
  return {findings, addons: addons.length}
}

interface Orphan {
  readonly account: Account
  readonly appSpace: string
}

/** Subaccounts that this registry's runs made and no item knows: the hash in the name tells them from those of others. */
function orphansAmong(
  {registry, akkeris}: AddonContext,
  accounts: readonly Account[],
  {addons, unknown}: Pick<Seen, 'addons' | 'unknown'>,
): Orphan[] {
  const known = new Set(addons.map(({record}) => record.accountSid))
  const beginning = addons.filter(({record}) => record.accountSid === undefined).map(({record}) => record.appSpace)
  // An item that does not say which subaccount is its own, or cannot be read: it may be this one.
  const undecided = new Set([...beginning, ...unknown])
  return accounts.flatMap((account) => {
    const [, appSpace = ''] = /^(\S+) aka-twilio [0-9a-f]{16}$/.exec(account.friendlyName) ?? []
    const isOurs = account.friendlyName === subaccountName({registry: registry.name, host: akkeris.host, appSpace})
    const isLeft = account.status !== 'closed' && !known.has(account.sid) && !undecided.has(appSpace)
    return isOurs && isLeft ? [{account, appSpace}] : []
  })
}

async function orphanFinding(
  context: AddonContext,
  {account, appSpace}: Orphan,
  addons: readonly SeenAddon[],
): Promise<AuditFinding> {
  const hasAddon = addons.some(({record}) => record.appSpace === appSpace)
  const destroy = ourCommand(`addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`)
  const close = `Close it in https://console.twilio.com: ${appSpace} has another one.`
  return finding('orphaned-subaccount', {
    appSpace,
    accountSid: account.sid,
    twilio: await chargedThisMonth(context, account),
    detail: `The subaccount ${account.sid} was created for ${appSpace}, but belongs to no add-on.`,
    commands: [hasAddon ? close : destroy],
    fix: hasAddon ? null : 'close it',
  })
}

async function chargedThisMonth({main}: AddonContext, account: Account): Promise<Price | null> {
  const reader = main.usesApiKey ? await readerIn(main, async () => account) : main
  const {records} = await (await usageReader(reader))(account.sid)({category: 'totalprice', span: 'this'})
  const [{price, currency = 'usd'} = {}] = records
  return price === undefined ? null : {amount: price, currency}
}

/** What was done outside of this tool. That somebody suspended it is what `twilio:suspend` is for. */
function conditionFindings({record, accountStatus, configVars, configVarsRegistry}: SeenAddon): AuditFinding[] {
  const {accountSid = null} = record
  return conditionsOf({
    ...record,
    accountSid,
    accountStatus: accountStatus ?? null,
    configVars: configVars ?? null,
    configVarsRegistry: configVarsRegistry ?? null,
  }).flatMap(({word, sentence, fix: commands}) => {
    const kind = kindsOfConditions[word]
    if (kind === undefined) return []
    const fixes = {
      'subaccount-closed': 'remove what is left of it',
      'config-vars-missing': 'restore its config vars',
      'config-vars-outdated': 'restore its config vars',
    } as const
    const fix = kind in fixes ? fixes[kind as keyof typeof fixes] : null
    const isPaid = kind === 'subaccount-closed' ? ' Its plan is still invoiced.' : ''
    return [finding(kind, {record, detail: `${record.appSpace}: ${sentence}${isPaid}`, commands, fix})]
  })
}

const kindsOfConditions: Readonly<Record<string, FindingKind | undefined>> = {
  closed: 'subaccount-closed',
  'app gone': 'app-gone',
  'vars missing': 'config-vars-missing',
  'vars outdated': 'config-vars-outdated',
  'vars foreign': 'config-vars-foreign',
}

/** Commands about the app-space would look under the other main account, and create a second add-on there. */
async function misplacedFindings(
  {main, akkeris}: AddonContext,
  addons: readonly SeenAddon[],
  belongsTo: AuditOptions['belongsTo'] = async () => undefined,
): Promise<AuditFinding[]> {
  const ours = addons.filter(({record}) => record.host === akkeris.host)
  const found = await Promise.all(
    ours.map(async ({record}) => {
      const {profile = '', accountSid} = (await belongsTo(record.appSpace)) ?? {}
      if (accountSid === undefined || accountSid === main.sid) return []
      const {appSpace} = record
      return [
        finding('wrong-main-account', {
          record,
          detail: `${appSpace}: its add-on is under the main account ${main.sid}, but the setting space-profiles gives its space to ${profile} (${accountSid}).`,
          commands: [ourCommand(`addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`)],
        }),
      ]
    }),
  )
  return found.flat()
}

/** Not what a run is at work on now. */
async function unfinishedFinding(context: AddonContext, record: AddonRecord): Promise<AuditFinding[]> {
  const half = unfinished(record)
  if (!half || (half.leased && (await isLeased(context, record)))) return []
  const lease = half.leased ? ' The run left a lease behind, which has expired.' : ''
  return [
    finding('unfinished', {
      record,
      detail: `${record.appSpace}: ${half.what} was interrupted.${lease}`,
      commands: [half.command],
      fix: record.state === 'destroying' ? 'remove what is left of it' : null,
    }),
  ]
}

/** Read on its own: only that answer carries Twilio's time, by which leases are measured. */
async function isLeased({registry}: AddonContext, {appSpace}: AddonRecord): Promise<boolean> {
  const entry = await registry.read(appSpace)
  const {lease} = entry?.record ?? {}
  if (!entry || !lease) return true
  const now = entry.readAt?.getTime() ?? Date.now()
  return now < entry.updatedAt.getTime() + lease.seconds * 1000
}

function stuckOrders({registry}: AddonContext, items: readonly MapItem[]): AuditFinding[] {
  return new OrderBook(registry.account, registry.name).among(items).flatMap(({record, updatedAt, readAt}) => {
    const now = readAt?.getTime() ?? Date.now()
    if (!isOutstanding(record) || now - updatedAt.getTime() < stuckAfterMs) return []
    const {appSpace, accountSid, order, state} = record
    const days = Math.floor((now - updatedAt.getTime()) / 86_400_000)
    return [
      finding('order-stuck', {
        appSpace,
        accountSid,
        detail: `${appSpace}: the order ${order} has been ${state} for ${days} days.`,
        commands: [ourCommand(`twilio:sims:orders -a ${appSpace}`)],
      }),
    ]
  })
}

/** Of destroyed add-ons, which invoices need no longer. */
function oldRecords({main, registry}: AddonContext, items: readonly MapItem[]): AuditFinding[] {
  return new DestroyedBook(main, registry.name).old(items).map(({appSpace, accountSid, destroyedAt}) =>
    finding('old-record', {
      appSpace,
      accountSid,
      detail: `${appSpace}: the record of its add-on that was destroyed on ${destroyedAt.slice(0, 10)} is older than 13 months.`,
      commands: [ourCommand('twilio:audit --fix')],
      fix: 'remove the record',
    }),
  )
}
