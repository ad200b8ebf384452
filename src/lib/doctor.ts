import {checkMainAccount, requireFullAccount} from './addon/main-account.js'
import {request} from './akkeris/request.js'
import {Failure} from './errors.js'
import type {Machine, Session} from './session.js'
import {isLoopback} from './transport/addresses.js'
import {countSubaccounts} from './twilio/accounts.js'
import {fetchServiceDate, mapExists} from './twilio/sync-map.js'

export interface Finding {
  readonly check: string
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped'
  readonly detail: string
  readonly suggestions: readonly string[]
  /** 0 unless it failed. */
  readonly exitCode: number
}

/** What Twilio lets a main account have unless it raised the number. */
const subaccountLimit = 1000

/** Everything that creating an add-on needs, checked one by one: a failure of one hides no other. */
export async function examine(session: Session, {env}: Machine, version: string): Promise<Finding[]> {
  const account = async () => checkMainAccount(await session.main())
  const findings = await Promise.all([
    look('versions', async () => versions(version)),
    look('Twilio credentials', async () => `from ${(await session.credentials()).source}`),
    look('Twilio account', async () => {
      const {sid, type, friendlyName} = await account()
      return `${sid} (${friendlyName}), ${type}, a main account`
    }),
    look('account type', async () => {
      requireFullAccount(await account())
      return 'may buy numbers in subaccounts'
    }),
    look('subaccounts', async () => subaccounts(await countSubaccounts(await session.main()))),
    look('Sync', async () => {
      const {name} = await session.registry()
      const known = await mapExists(await session.main(), name)
      return `registry ${name}${known ? '' : ' (made with the first add-on)'}`
    }),
    look('clock', async () => clock(await fetchServiceDate(await session.main()))),
    look('Akkeris host', async () => session.akkerisPlace().baseUrl),
    look('Akkeris login', async () => {
      const {email, name} = await request<{email?: string; name?: string}>(session.akkeris(), {
        method: 'GET',
        path: '/account',
      })
      return email ?? name ?? 'accepted'
    }),
    look('network route', async () => networkRoute(session, env)),
  ])
  return findings.map((finding, at) => withoutEcho(finding, findings.slice(0, at)))
}

/** A check that failed for the same reason as an earlier one is reported as skipped. */
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

async function look(check: string, examine: () => Promise<string | Warning>): Promise<Finding> {
  try {
    const found = await examine()
    if (found instanceof Warning)
      return {check, status: 'warning', detail: found.detail, suggestions: [found.suggestion], exitCode: 0}
    return {check, status: 'ok', detail: found, suggestions: [], exitCode: 0}
  } catch (error) {
    if (!(error instanceof Failure) || error.outcome === 'interrupted') throw error
    const {message, suggestions, exitCode} = error
    return {check, status: 'failed', detail: message, suggestions, exitCode}
  }
}

class Warning {
  constructor(
    readonly detail: string,
    readonly suggestion: string,
  ) {}
}

function versions(version: string): string | Warning {
  const detail = `aka-twilio ${version}, Node ${process.versions.node}`
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const old = major < 20 || (major === 20 && minor < 19)
  return old ? new Warning(detail, 'Update Node to 20.19 or later: nothing older is tested.') : detail
}

function subaccounts(used: number): string | Warning {
  const left = subaccountLimit - used
  const detail = `${used} used, ${Math.max(0, left)} left of ${subaccountLimit}`
  return left > 20
    ? detail
    : new Warning(detail, 'Destroy unused add-ons (`aka twilio` lists them), or ask Twilio support for a higher limit.')
}

/** Leases go by Twilio's clock, so a wrong one here does no harm; but TLS and ages do not like it. */
function clock(twilio: Date | undefined): string | Warning {
  if (!twilio) return 'Twilio did not tell the time'
  const seconds = Math.round((Date.now() - twilio.getTime()) / 1000)
  const detail =
    Math.abs(seconds) <= 2 ? 'as Twilio’s' : `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} Twilio’s`
  return Math.abs(seconds) <= 60 ? detail : new Warning(detail, 'Set the clock of this machine (NTP).')
}

function networkRoute({sandbox, endpoint}: Session, env: NodeJS.ProcessEnv): string {
  if (sandbox) return 'none needed: the sandbox'
  if (endpoint !== undefined && isLoopback(new URL(endpoint).hostname))
    return `${endpoint}, on this machine and past any proxy`
  const proxy = env.HTTPS_PROXY || env.https_proxy
  const through = proxy
    ? `through the proxy ${URL.canParse(proxy) ? new URL(proxy).host : 'in HTTPS_PROXY'}`
    : 'direct, no proxy'
  return `${endpoint ?? 'https://*.twilio.com'}, ${through}`
}

/** The highest exit code of what failed. */
export function verdict(findings: readonly Finding[]): number {
  return Math.max(0, ...findings.map(({exitCode}) => exitCode))
}
