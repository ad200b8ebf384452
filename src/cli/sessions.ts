import {inProfile, usesProfileOfSpace} from '../lib/command-line.js'
import {forEachProfile, type PerProfile} from '../lib/per-profile.js'
import {allProfiles, asksForEveryProfile, profileAskedFor, usualProfile} from '../lib/profiles.js'
import type {Machine, Session} from '../lib/session.js'
import type {SettingName} from '../lib/settings.js'
import type {Pace} from '../lib/transport/pace.js'
import {tellWait, tellWaited} from './progress.js'
import {SandboxNotice} from './sandbox.js'

export interface SessionAsked {
  readonly sandbox?: boolean
  readonly timeout?: number | undefined
  readonly pace?: Pace
  readonly appSpace?: string | undefined
  /** In the place of what the command line says. */
  readonly profile?: string | undefined
  readonly correctedSetting?: SettingName | undefined
}

interface Run extends Machine {
  readonly argv: readonly string[]
  readonly signal: AbortSignal
}

/** What a run talks to: with the login that it asks for, or with several. */
export class Sessions {
  readonly sandboxNotice = new SandboxNotice()
  readonly #run: Run
  /** By profile, where a report is about several. */
  readonly #kept = new Map<string, Promise<Session>>()
  #hasBegun = false

  constructor(run: Run) {
    this.#run = run
  }

  /** Whether anything was sent that may have changed something. */
  get hasBegun(): boolean {
    return this.#hasBegun
  }

  get areOfEveryProfile(): boolean {
    return asksForEveryProfile(profileAskedFor(this.#run.argv), this.#run.env)
  }

  /** The one that the whole command is about. */
  async only(asked: SessionAsked): Promise<Session> {
    const session = await this.open(asked)
    if (session.profile.space !== undefined) usesProfileOfSpace(session.profile.name)
    return session
  }

  /** One of several. */
  async open({
    sandbox = false,
    timeout,
    pace,
    appSpace,
    profile = profileAskedFor(this.#run.argv),
    correctedSetting,
  }: SessionAsked): Promise<Session> {
    const {env, home, signal} = this.#run
    const {openSession} = await import('../lib/session.js')
    const session = await openSession({
      env,
      home,
      sandbox,
      profile,
      appSpace,
      interactive: process.stdin.isTTY && process.stderr.isTTY,
      signal,
      tell: tellWait,
      tellEnd: tellWaited,
      onChange: () => (this.#hasBegun = true),
      onServedSandbox: () => this.sandboxNotice.give(),
      longestWaitMs: timeout === undefined ? undefined : timeout * 1000,
      pace,
      correctedSetting,
    })
    if (session.sandbox) this.sandboxNotice.give()
    return session
  }

  /** Does something in the main account that is asked for, or with `--profile all` in that of each profile. */
  async ofEachProfile<Result>(
    asked: SessionAsked,
    work: (session: Session) => Promise<Result>,
  ): Promise<PerProfile<Result>> {
    if (!this.areOfEveryProfile) {
      const result = await work(await this.#keep('', () => this.only(asked)))
      return {parts: [{of: {}, result}], read: {}, failures: []}
    }
    const names = allProfiles(await this.#keep('', () => this.open({...asked, profile: usualProfile})))
    const logins = names.map((name) => {
      const open = () => this.#keep(name, () => this.open({...asked, profile: name}))
      return {name, open, accountSid: async () => (await (await open()).credentials()).accountSid}
    })
    return forEachProfile(logins, async ({name, open}) =>
      inProfile({name, isOfSpace: false}, async () => work(await open())),
    )
  }

  /** A report that is refreshed asks nobody for credentials again. */
  async #keep(key: string, open: () => Promise<Session>): Promise<Session> {
    const session = this.#kept.get(key) ?? open()
    this.#kept.set(key, session)
    return session
  }
}
