import type {AddonContext} from '../addon/context.js'
import {type NumberOptions, optionsIn} from '../addon/number-options.js'
import type {AddonRecord, CreateIntent} from '../addon/record.js'
import {seeAll, type SeenAddon} from '../addon/see-all.js'
import {requestOf} from '../alerts/alert.js'
import {inBatches, readFailures} from '../batch.js'
import {maskUrls} from '../secrets.js'
import {compareText} from '../text.js'
import type {Account} from '../twilio/accounts.js'
import type {ExportedAddon, ExportedFleet} from './document.js'
import {type AddonState, readState} from './state.js'

interface ExportOptions {
  /** URLs with their passwords and tokens, too. */
  readonly showSecrets: boolean
  readonly onProgress: (done: number, all: number) => void
}

/** Every add-on of this Akkeris as a file declares it, that `planFleet` finds no difference to. */
export async function exportFleet(
  context: AddonContext,
  {showSecrets, onProgress}: ExportOptions,
): Promise<ExportedFleet> {
  const {host} = context.akkeris
  const seen = await seeAll(context.registry, undefined, {
    isSelected: (record) => record.host === host && record.state !== 'destroying',
  })
  const addons = seen.addons.toSorted((a, b) => compareText(a.record.appSpace, b.record.appSpace))
  const accounts = new Map(seen.accounts.map((account) => [account.sid, account]))
  const outcomes = await inBatches(addons, async (addon) => readAddon(context, addon, accounts), onProgress)
  const secretUrls: string[] = []
  const appSpaces: Record<string, ExportedAddon> = {}
  const entries = addons.map(({record}, at) => {
    const outcome = outcomes[at]
    const state = outcome && 'result' in outcome ? outcome.result : undefined
    const {exported, hasSecret} = exportedAddon(record, state, showSecrets)
    if (hasSecret) secretUrls.push(record.appSpace)
    appSpaces[record.appSpace] = exported
    return {record, failure: outcome && 'failure' in outcome ? outcome.failure : undefined}
  })
  return {document: {appSpaces}, secretUrls, unknown: seen.unknown, failures: readFailures(entries)}
}

/** Undefined of what was never finished: nothing of it can be read yet. */
async function readAddon(
  context: AddonContext,
  addon: SeenAddon,
  accounts: ReadonlyMap<string, Account>,
): Promise<AddonState | undefined> {
  return addon.record.state === 'provisioning' ? undefined : readState(context, addon, accounts)
}

function exportedAddon(record: AddonRecord, state: AddonState | undefined, showSecrets: boolean) {
  const intent = createIntentOf(record)
  const number = intent && numberOf(intent)
  const isShown = (url: string) => showSecrets || maskUrls(url) === url
  const urls = Object.entries(state?.urls ?? {}).filter(([, url]) => url !== '')
  const shown = urls.filter(([, url]) => isShown(url))
  const alerts = state && requestOf(state.alerts)
  const exported: ExportedAddon = {
    plan: record.plan,
    ...(number && {number}),
    ...(shown.length > 0 && {webhooks: Object.fromEntries(shown)}),
    ...(alerts && isShown(alerts.url) && {alerts: {url: alerts.url, at: alerts.percents}}),
    ...(record.labels && Object.keys(record.labels).length > 0 && {labels: record.labels}),
  }
  return {exported, hasSecret: shown.length < urls.length || (alerts !== undefined && !isShown(alerts.url))}
}

/** The options that chose the number, not the number itself. */
function numberOf(intent: CreateIntent): ExportedAddon['number'] {
  const {phoneNumber: _, type, ...others} = optionsIn(intent, 'choice', 'regulatory') as NumberOptions
  return {...others, ...(type !== 'local' && {type})}
}

function createIntentOf({intent}: AddonRecord): CreateIntent | undefined {
  if (intent.operation === 'create') return intent
  return intent.operation === 'change-number' ? intent.made : undefined
}
