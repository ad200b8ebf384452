import {AddonRegistry} from '../../src/lib/addon/addon-registry.js'
import type {AddonContext} from '../../src/lib/addon/context.js'
import type {AddonRecord} from '../../src/lib/addon/record.js'
import {provision} from '../../src/lib/lifecycle/create/provision.js'
import {createRequest} from '../../src/lib/lifecycle/create/request.js'
import type {GivenOptions} from '../../src/lib/number/options.js'
import {Lease} from '../../src/lib/registry/lease.js'
import {fetchAccount} from '../../src/lib/twilio/accounts.js'
import {listNumbers, type OwnedNumber} from '../../src/lib/twilio/numbers.js'
import {twilioSims} from '../../src/lib/twilio/sims/service.js'
import {openSubaccount, type Subaccount} from '../../src/lib/twilio/subaccount.js'
import type {State} from '../../src/sandbox/sandbox.js'
import {type InProcess, startInProcess} from './in-process.js'

export const APP = 'api-default'

/** What the operations of an add-on work with, in this process. */
export interface AddonInProcess extends InProcess {
  readonly context: AddonContext
  /** What a person was told, and what they were warned of. */
  readonly progress: readonly string[]
  readonly warnings: readonly string[]
  /** The item of api-default, if there is one. */
  record(): Promise<AddonRecord | undefined>
  /** Writes it as another machine could have left it. */
  write(changes: Partial<AddonRecord>): Promise<void>
  lease(): Promise<Lease<AddonRecord>>
  configVars(): Promise<Readonly<Record<string, string>>>
  setConfigVars(vars: Readonly<Record<string, string>>): Promise<void>
  state(): Promise<State>
}

export async function startAddonInProcess({wait = true} = {}): Promise<AddonInProcess> {
  const world = await startInProcess()
  const {sandbox, main, akkeris} = world
  const registry = new AddonRegistry(main, 'aka-twilio')
  const [progress, warnings]: [string[], string[]] = [[], []]
  const context: AddonContext = {
    main,
    registry,
    akkeris,
    simService: async () => twilioSims(main, 'US'),
    waiting: {wait, onWait: (sentence) => void progress.push(sentence)},
    progress: (doing, work) => {
      progress.push(doing)
      return work()
    },
    warn: (sentence) => void warnings.push(sentence),
    subaccounts: {limit: () => 1000, keptIn: undefined},
  }
  return {
    ...world,
    context,
    progress,
    warnings,
    record: async () => (await registry.read(APP))?.record,
    async write(changes) {
      const entry = await registry.read(APP)
      if (entry) await registry.update(entry, {...entry.record, ...changes})
      else await registry.create({...addonRecord(), ...changes}, Promise.resolve())
    },
    async lease() {
      const entry = await registry.read(APP)
      if (!entry) throw new Error('there is no item')
      return Lease.take(registry, entry)
    },
    configVars: () => sandbox.read(({apps}) => ({...apps[APP]?.configVars})),
    setConfigVars: async (vars) => {
      // Through the API, so that the app is there.
      const body = JSON.stringify(vars)
      const headers = {authorization: akkeris.authorization, 'content-type': 'application/json'}
      await sandbox.send({method: 'PATCH', url: `${akkeris.baseUrl}/apps/${APP}/config-vars`, headers, body})
    },
    state: () => sandbox.read((state) => structuredClone(state)),
  }
}

/** Changes config vars of api-default where nobody sees it, and removes those that are undefined. */
export function spoilVars({sandbox}: AddonInProcess, vars: Readonly<Record<string, string | undefined>>) {
  return sandbox.change(({apps}) => {
    const configVars = apps[APP]?.configVars ?? {}
    for (const [name, value] of Object.entries(vars)) {
      if (value === undefined) Reflect.deleteProperty(configVars, name)
      else configVars[name] = value
    }
  })
}

/** Creates the add-on of api-default. */
export function createAddon({context}: AddonInProcess, number: GivenOptions = {}) {
  const asked = {appSpace: APP, plan: 'twilio:small', number, force: false, keepOnFailure: false}
  return provision(context, createRequest(asked, 'US'))
}

/** With an add-on that is ready, and an app that runs with its config vars. */
export async function startReadyAddon(number: GivenOptions = {}): Promise<AddonInProcess> {
  const world = await startAddonInProcess()
  await createAddon(world, number)
  await world.transport.sleep(60_000)
  return world
}

/** The same with an API key of the main account in place of its auth token. */
export async function contextOfApiKey({sandbox, main, context}: AddonInProcess): Promise<AddonContext> {
  const {apiKey} = await sandbox.credentials()
  return {...context, main: main.as({accountSid: main.sid, username: apiKey.sid, password: apiKey.secret})}
}

/** Writes down an add-on that is ready, with a subaccount of its own. Gives the subaccount's SID. */
export async function addAddon(
  world: AddonInProcess,
  appSpace = APP,
  changes: Partial<AddonRecord> = {},
): Promise<string> {
  const {sid: accountSid} = await world.newSubaccount(appSpace)
  await world.context.registry.create(addonRecord({appSpace, accountSid, ...changes}), Promise.resolve())
  return accountSid
}

/** Writes down what a newer version of this tool has of an add-on. */
export async function addNewer({sandbox, context}: AddonInProcess, appSpace: string): Promise<void> {
  await context.registry.create(addonRecord({appSpace}), Promise.resolve())
  await sandbox.change(({syncMaps}) => {
    const item = syncMaps.map(({items}) => items[appSpace]).find((each) => each !== undefined)
    if (item) item.data = {...(item.data as object), v: 2}
  })
}

/** The request that buys a number, and what Twilio answers it where somebody else was faster. */
export const PURCHASE = {method: 'POST', path: String.raw`/IncomingPhoneNumbers\.json$`} as const
export const taken = {status: 400, body: '{"code": 21422, "message": "PhoneNumber is not available"}'} as const

/** Buys a number for this account: what an earlier run, or somebody else, left there. */
export async function buyIn(
  {main, transport}: InProcess,
  accountSid: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<OwnedNumber> {
  // One after the other, so that the older one comes first.
  await transport.sleep(1000)
  const {v2010} = await main.api()
  const {sid} = await v2010.accounts(accountSid).incomingPhoneNumbers.create({areaCode: '801', ...settings})
  const number = (await listNumbers(main, {of: accountSid})).find((each) => each.sid === sid)
  if (!number) throw new Error('it is not there')
  return number
}

export async function openExisting({main}: InProcess, accountSid: string): Promise<Subaccount> {
  return openSubaccount(main, await fetchAccount(main, accountSid))
}

/** The numbers of the main account, and those of its subaccounts, E.164. */
export async function numbersIn(world: AddonInProcess): Promise<{readonly sub: string[]; readonly main: string[]}> {
  const {incomingNumbers, mainAccountSid} = await world.state()
  const of = (isMain: boolean) =>
    incomingNumbers.filter(({accountSid}) => (accountSid === mainAccountSid) === isMain).map((each) => each.phoneNumber)
  return {sub: of(false), main: of(true)}
}

/** A ready add-on as the registry has it, or one that differs. */
export function addonRecord(changes: Partial<AddonRecord> = {}): AddonRecord {
  return {
    v: 1,
    nonce: 'n',
    appSpace: APP,
    host: 'apps.sandbox.invalid',
    plan: 'small',
    state: 'ready',
    intent: {operation: 'create', plan: 'small', country: 'US', type: 'local'},
    accountSid: `AC${'2'.repeat(32)}`,
    phoneNumber: {sid: `PN${'2'.repeat(32)}`, e164: '+18015550100', transferred: false},
    reservations: [],
    createdAt: '2026-03-01T12:00:00.000Z',
    ...changes,
  }
}
