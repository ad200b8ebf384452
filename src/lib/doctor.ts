import {dirname} from 'node:path'

import {checkMainAccount, requireFullAccount} from './addon/main-account.js'
import {roleOf, roles} from './addon/main-account-document.js'
import {countRoom, isNearlyFull, type SubaccountRoom} from './addon/subaccount-room.js'
import {request} from './akkeris/request.js'
import {Failure} from './errors.js'
import {exposureOf} from './local-files.js'
import {whoChose} from './profiles.js'
import {safeText} from './secrets.js'
import type {Machine, Session} from './session.js'
import {moreSubaccounts} from './subaccount-limit.js'
import {count} from './text.js'
import {isLoopback} from './transport/addresses.js'
import {NoAnswer} from './transport/types.js'
import type {Account} from './twilio/accounts.js'
import {explainRefusal} from './twilio/credentials.js'
import {fetchServiceDate, mapExists} from './twilio/sync-map.js'
import {findPrimaryProfile, trustHubConsole} from './twilio/trust-hub.js'

/** What was found when everything that add-ons need was checked. */
export interface DoctorDocument {
  readonly healthy: boolean
  /** The highest of the failed checks. */
  readonly exitCode: number
  readonly findings: readonly Finding[]
}

interface Finding {
  readonly check: string
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped'
  readonly detail: string
  /** How to fix it. */
  readonly suggestions: readonly string[]
  /** 0 unless it failed. */
  readonly exitCode: number
}

/** Checks everything that must be right for an add-on to be created: a failure of one check hides no other. */
export async function examine(session: Session, {env}: Machine, version: string): Promise<DoctorDocument> {
  let checking: Promise<Account> | undefined
  const account = () => (checking ??= session.main().then(checkMainAccount))
  const inspect = (check: string, look: Check) => inspected(check, look, env)
  const checked = await Promise.all([
    inspect('versions', async () => versions(version)),
    inspect('network route', async () => {
      await account().catch(throwIfClosed)
      return networkRoute(session, env)
    }),
    inspect('Twilio credentials', async () => {
      const {accountSid, username, source, profile} = await session.credentials()
      const chosenBy = profile === undefined ? undefined : whoChose(session.profile)
      const why = chosenBy === undefined ? '' : `; profile ${profile ?? ''}, named by ${chosenBy}`
      return `${username === accountSid ? 'auth token' : `API key ${username}`}, from ${source}${why}`
    }),
    inspect('Twilio account', async () => {
      const {sid, type, friendlyName} = await account()
      const {usesApiKey} = await session.main()
      return `${sid} (${friendlyName}), ${type}; ${roles[roleOf(!usesApiKey)]}`
    }),
    inspect('account type', async () => {
      requireFullAccount(await account())
      return 'may buy numbers in subaccounts'
    }),
    inspect('subaccounts', async () => {
      const [main, limit] = await Promise.all([session.main(), session.subaccounts()])
      return subaccounts(await countRoom(main, limit))
    }),
    inspect('Sync', async () => {
      const {name} = await session.registry()
      const known = await mapExists(await session.main(), name)
      return `registry ${name}${known ? '' : ' (created with the first add-on)'}`
    }),
    inspect('clock', async () => clock(await fetchServiceDate(await session.main()))),
    inspect('Akkeris host', async () => session.akkerisPlace().baseUrl),
    inspect('Akkeris login', async () => {
      const {email, name} = await request<{email?: string; name?: string}>(session.akkeris(), {
        method: 'GET',
        path: '/account',
        answer: {object: {email: 'string?', name: 'string?'}},
      })
      return `${email ?? name ?? 'accepted'}, from ${session.akkerisLogin().source}`
    }),
    inspect('SMS to the US', async () => usRegistrations(await findPrimaryProfile(await session.main()))),
    inspect('SIM carrier', async () => {
      const service = await session.simService()
      const {detail, suggestion} = await service.examine((await session.credentials()).accountSid)
      return suggestion === undefined ? detail : new Warning(detail, suggestion)
    }),
    inspect('settings file', async () => settingsFiles(session.file.path)),
  ])
  const findings = checked.map((finding, at) => withoutEcho(finding, checked.slice(0, at)))
  const exitCode = Math.max(0, ...findings.map((finding) => finding.exitCode))
  return {healthy: exitCode === 0, exitCode, findings}
}

/** What failed for the reason of an earlier check was not really checked. */
function withoutEcho(finding: Finding, earlier: readonly Finding[]): Finding {
  const first = earlier.find(({status, detail}) => status === 'failed' && detail === finding.detail)
  if (!first) return finding
  return {
    check: finding.check,
    status: 'skipped',
    detail: `fix first: ${first.check}`,
    suggestions: [],
    exitCode: 0,
  }
}

type Check = () => Promise<string | Warning>

async function inspected(check: string, look: Check, env: NodeJS.ProcessEnv): Promise<Finding> {
  try {
    const found = await look()
    if (found instanceof Warning) {
      const {detail, suggestions} = found
      return {check, status: 'warning', detail: safeText(detail), suggestions: suggestions.map(safeText), exitCode: 0}
    }
    return {check, status: 'ok', detail: safeText(found), suggestions: [], exitCode: 0}
  } catch (error) {
    if (!(error instanceof Failure) || error.outcome === 'interrupted') throw error
    const {message, suggestions, exitCode} = explainRefusal(error, env)
    return {check, status: 'failed', detail: safeText(message), suggestions: suggestions.map(safeText), exitCode}
  }
}

class Warning {
  readonly suggestions: readonly string[]

  constructor(
    readonly detail: string,
    ...suggestions: string[]
  ) {
    this.suggestions = suggestions
  }
}

function versions(version: string): string | Warning {
  const detail = `aka-twilio ${version}, Node ${process.versions.node}`
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const old = major < 20 || (major === 20 && minor < 19)
  return old ? new Warning(detail, 'Update Node to 20.19 or later: nothing older is tested.') : detail
}

function subaccounts(room: SubaccountRoom): string | Warning {
  const {used, limit, left} = room
  const detail = `${count(used)} used, ${count(left)} left of ${count(limit)}`
  return isNearlyFull(room) ? new Warning(detail, ...moreSubaccounts()) : detail
}

/** It vouches for the registrations of all subaccounts. */
function usRegistrations(profile: Awaited<ReturnType<typeof findPrimaryProfile>>): string | Warning {
  if (profile?.state === 'approved') return `primary profile ${profile.name}, approved: numbers can be registered`
  return new Warning(
    profile
      ? `primary profile ${profile.name}: ${profile.status}; no number can be registered until it is approved`
      : 'no primary profile: no number can be registered',
    `${profile?.state === 'in-review' ? 'See' : 'Complete it in'} Twilio's console: ${trustHubConsole}`,
  )
}

/** Leases go by Twilio's clock, so a wrong one here does no harm to them; but TLS may fail, and ages are wrong. */
function clock(twilio: Date | undefined): string | Warning {
  if (!twilio) return 'unknown: Twilio sent no date'
  const seconds = Math.round((Date.now() - twilio.getTime()) / 1000)
  const detail =
    Math.abs(seconds) <= 2
      ? "in sync with Twilio's"
      : `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} Twilio's`
  return Math.abs(seconds) <= 60 ? detail : new Warning(detail, 'Set the clock of this machine (NTP).')
}

const closedRoutes: readonly string[] = ['PROXY_LOGIN_REFUSED', 'PROXY_REFUSED', 'CERTIFICATE_UNTRUSTED', 'TLS_FAILED']

/** Whatever else is wrong with the account is reported by its own check. */
function throwIfClosed(error: unknown): void {
  if (!(error instanceof Failure)) throw error
  if (closedRoutes.includes(error.code) || error.cause instanceof NoAnswer) throw error
}

/** It holds the login: whoever can read or replace it has the main account. */
async function settingsFiles(path: string): Promise<string | Warning> {
  const folder = dirname(path)
  const exposed = await Promise.all([folder, path].map(async (each) => ({each, why: await exposureOf(each)})))
  const found = exposed.find(({why}) => why !== undefined)
  if (!found) return path
  return new Warning(
    `${found.each} ${found.why ?? ''}`,
    `It holds the login: look at it, then chmod 700 ${folder} and chmod 600 ${path}, or log in again.`,
  )
}

function networkRoute({sandbox, endpoint}: Session, env: NodeJS.ProcessEnv): string {
  if (sandbox) return 'none needed: the sandbox'
  if (endpoint !== undefined && isLoopback(new URL(endpoint).hostname))
    return `${endpoint}, on this machine, bypassing any proxy`
  const proxy = env.HTTPS_PROXY || env.https_proxy
  const through = proxy
    ? `through the proxy ${URL.canParse(proxy) ? new URL(proxy).host : 'in HTTPS_PROXY'}`
    : 'direct, no proxy'
  return `${endpoint ?? 'https://*.twilio.com'}, ${through}`
}
