import {join} from 'node:path'

import {AddonRegistry} from './addon/addon-registry.js'
import type {SubaccountLimit} from './addon/subaccount-room.js'
import {
  type Akkeris,
  type AkkerisLogin,
  type AkkerisPlace,
  findAkkeris,
  findAkkerisLogin,
  loopback,
} from './akkeris/connect.js'
import type {SimService} from './carrier/service.js'
import {enterSandbox, wantsSandbox} from './command-line.js'
import {connectKore, type KoreAccount} from './kore/connect.js'
import {
  findKoreCredentials,
  type FoundKoreCredentials,
  type KoreCredentials,
  koreCredentialsMissing,
} from './kore/credentials.js'
import {koreSims} from './kore/service.js'
import type {Pacing} from './poll.js'
import {chooseProfile, type ChosenProfile, usualProfile, whoChose} from './profiles.js'
import {definitions, type Overrides, type SettingName, type Settings, standardCountry} from './settings.js'
import {cacheFolder, configFolder, type Profiles, type SettingsFile, settingsFile} from './settings-file.js'
import {subaccountLimit} from './subaccount-limit.js'
import {secureBase} from './transport/addresses.js'
import type {Pace} from './transport/pace.js'
import {noticingServedSandbox} from './transport/served-sandbox.js'
import {createTransport, type Transport} from './transport/transport.js'
import type {Send} from './transport/types.js'
import {connectTwilio, type TwilioAccount, type TwilioCredentials} from './twilio/connect.js'
import {readCredentialProcess} from './twilio/credential-process.js'
import {credentialVariable, findCredentials, type FoundCredentials} from './twilio/credentials.js'
import {twilioSims} from './twilio/sims/service.js'

/** The machine a command runs on; a parameter, so that tests and hosts can pass another. */
export interface Machine {
  readonly env: NodeJS.ProcessEnv
  readonly home: string
}

/** What one run of a command talks to. Everything is found when it is first asked for: most commands need only a part. */
export interface Session {
  readonly sandbox: boolean
  readonly settings: Settings
  readonly profile: ChosenProfile
  /** Of a command that is about this app-space. */
  profileFor(appSpace: string): ChosenProfile
  /** What `twilio:login` saved. */
  readonly profiles: Profiles
  /** What goes before the settings in this run. */
  readonly overrides: (settings: Settings) => Overrides
  readonly file: SettingsFile
  /** For what can be read again. */
  readonly cacheFolder: string
  readonly transport: Transport
  /** AKA_TWILIO_ENDPOINT, checked. */
  readonly endpoint: string | undefined
  credentials(): Promise<FoundCredentials>
  main(): Promise<TwilioAccount>
  /** With other credentials than the ones found, for `twilio:login`. */
  connect(credentials: TwilioCredentials): TwilioAccount
  /** Who serves SIMs: as the setting `sim-carrier` says, else KORE where its credentials are found, else Twilio. */
  simService(): Promise<SimService>
  /** Of Twilio itself, whoever is chosen. */
  twilioSims(): Promise<SimService>
  /** Undefined where there are none. @throws {Failure} `credentials` for half of them. */
  koreCredentials(): FoundKoreCredentials | undefined
  /** With other credentials than the ones found, for `twilio:login`. */
  connectKore(credentials: KoreCredentials): KoreAccount
  akkerisPlace(): AkkerisPlace
  akkerisLogin(): AkkerisLogin
  akkeris(): Akkeris
  registry(): Promise<AddonRegistry>
  /** Of the main account. */
  subaccounts(): Promise<SubaccountLimit>
}

export interface SessionOptions extends Machine {
  /** `--sandbox`; AKA_TWILIO_SANDBOX and the setting ask for it too. */
  readonly sandbox: boolean
  /** `--profile`; AKA_TWILIO_PROFILE and settings name one, too. */
  readonly profile?: string | undefined
  /** That the command is about: its space may have a profile. */
  readonly appSpace?: string | undefined
  readonly signal: AbortSignal
  /** Whether another program may ask on the terminal. */
  readonly interactive?: boolean
  /** Called when a wait turns out to be long. */
  readonly tell?: Pacing['tell']
  readonly tellEnd?: Pacing['tellEnd']
  /** Called before anything is sent that is no mere question. */
  readonly onChange?: () => void
  /** Called when what answers is a sandbox that is served. */
  readonly onServedSandbox: () => void
  /** `--timeout` */
  readonly longestWaitMs?: number | undefined
  /** Where much is done at once. */
  readonly pace?: Pace | undefined
  /** Of this machine, that the command is about to correct. */
  readonly correctedSetting?: SettingName | undefined
}

export async function openSession({
  env,
  home,
  sandbox: asked,
  profile: askedProfile,
  appSpace,
  interactive = false,
  onServedSandbox,
  correctedSetting,
  ...waits
}: SessionOptions): Promise<Session> {
  const folder = configFolder(env, home)
  const file = settingsFile(folder)
  const {settings, profiles} = await file.read(correctedSetting)
  const fromEnvironment = wantsSandbox(env)
  const sandbox = isForEmbedded(asked, env, settings)
  if (sandbox) enterSandbox()
  const hasCredentials = !sandbox && credentialVariable(env) !== undefined
  const profileFor = (about: string | undefined) =>
    chooseProfile({asked: askedProfile, env, settings, appSpace: about, hasCredentials})
  const profile = profileFor(appSpace)
  const {twilio: saved, kore} = profiles.get(profile.name) ?? {}
  const endpoint =
    sandbox || !env.AKA_TWILIO_ENDPOINT ? undefined : secureBase(env.AKA_TWILIO_ENDPOINT, 'AKA_TWILIO_ENDPOINT')

  const embedded = sandbox
    ? await (
        await import('../sandbox/embedded.js')
      ).embeddedSandbox(sandboxPath({env, home}), profile.name === usualProfile ? undefined : profile.name)
    : undefined
  const send = embedded?.send ?? noticingServedSandbox(await liveSender(), onServedSandbox)
  const transport = createTransport({send: env.DEBUG ? await logged(send) : send, ...waits})

  const connect = (credentials: TwilioCredentials) => connectTwilio(credentials, {transport, endpoint})
  const command = settings['credential-process']
  const process = command
    ? async () => readCredentialProcess(command, {profile: profile.name, env, signal: waits.signal, interactive})
    : undefined
  let found: Promise<FoundCredentials> | undefined
  const credentials = async () =>
    embedded?.credentials ?? (found ??= findCredentials({env, home, profile, saved, process}))
  const akkerisPlace = (): AkkerisPlace =>
    embedded ? {baseUrl: embedded.akkeris.baseUrl, host: loopback} : findAkkeris({env, home})
  let main: Promise<TwilioAccount> | undefined
  const mainAccount = () => (main ??= credentials().then(connect))
  const connectToKore = (given: KoreCredentials) => connectKore(given, {transport, endpoint})
  /** The sandbox has its own, where those of the machine would be used. */
  const koreCredentialsWith = (of: Settings) => {
    const found = findKoreCredentials(env, kore)
    return embedded && (found || of['sim-carrier'] === 'kore') ? embedded.kore : found
  }
  const koreCredentials = () => koreCredentialsWith(settings)
  const ofTwilio = async () => twilioSims(await mainAccount(), standardCountry(settings))
  const chooseSimService = async (): Promise<SimService> => {
    const country = standardCountry(settings)
    const wanted = settings['sim-carrier'] || undefined
    const found = wanted === 'twilio' ? undefined : koreCredentials()
    if (found) return koreSims(connectToKore(found), {source: found.source, country})
    if (wanted === 'kore') throw koreCredentialsMissing()
    return ofTwilio()
  }
  let simService: Promise<SimService> | undefined
  const akkerisLogin = () => embedded?.akkeris ?? findAkkerisLogin({env, home}, akkerisPlace())

  return {
    sandbox,
    settings,
    profile,
    profileFor,
    profiles,
    overrides: (of) => ({
      ...((profile.namedBy || profile.space !== undefined) && {
        profile: {value: profile.name, source: whoChose(profile) ?? ''},
      }),
      ...(asked && {sandbox: {value: true, source: '--sandbox'}}),
      ...(!asked && fromEnvironment !== undefined && {sandbox: {value: fromEnvironment, source: 'AKA_TWILIO_SANDBOX'}}),
      ...simCarrierOverride(of, koreCredentialsWith),
    }),
    file,
    cacheFolder: cacheFolder(env, home),
    transport,
    endpoint,
    credentials,
    connect,
    akkerisPlace,
    akkerisLogin,
    main: mainAccount,
    simService: () => (simService ??= chooseSimService()),
    twilioSims: ofTwilio,
    koreCredentials,
    connectKore: connectToKore,
    akkeris() {
      return {...akkerisPlace(), authorization: akkerisLogin().authorization, transport}
    },
    registry: async () => new AddonRegistry(await mainAccount(), settings.registry ?? definitions.registry.standard),
    async subaccounts() {
      const of = [(await mainAccount()).sid, ...(endpoint === undefined ? [] : [endpoint.replaceAll(/\W+/g, '-')])]
      return {
        limit: () => subaccountLimit(settings, profile.name),
        // Those of the sandbox take no time to count.
        keptIn: sandbox ? undefined : join(cacheFolder(env, home), `subaccounts-${of.join('-')}.txt`),
      }
    },
  }
}

function isForEmbedded(asked: boolean, env: NodeJS.ProcessEnv, settings: Settings): boolean {
  return asked || (wantsSandbox(env) ?? settings.sandbox ?? false)
}

/** Whether a run is to work on the sandbox of this machine, whatever the environment points to. */
export async function asksForEmbedded({env, home}: Machine, {sandbox}: {readonly sandbox: boolean}): Promise<boolean> {
  return isForEmbedded(sandbox, env, (await settingsFile(configFolder(env, home)).read()).settings)
}

export function sandboxPath({env, home}: Machine): string {
  return join(configFolder(env, home), 'sandbox.json')
}

/** Where the setting leaves it open, the credentials decide. What is wrong with them is reported where they are used. */
function simCarrierOverride(
  settings: Settings,
  kore: (settings: Settings) => FoundKoreCredentials | undefined,
): Overrides {
  if (settings['sim-carrier']) return {}
  try {
    const found = kore(settings)
    return {'sim-carrier': found ? {value: 'kore', source: found.source} : {value: 'twilio', source: 'default'}}
  } catch {
    return {}
  }
}

/** Loaded here and not at the top: a run in the sandbox needs none of it. */
async function liveSender(): Promise<Send> {
  return (await import('./transport/live.js')).liveSender()
}

async function logged(send: Send): Promise<Send> {
  return (await import('./transport/log.js')).logging(send)
}
