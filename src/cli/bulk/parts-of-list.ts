import type {AddonContext} from '../../lib/addon/context.js'
import type {Session} from '../../lib/session.js'

/** Those of a list that are about one main account. */
export interface PartOfList<Request> {
  readonly requests: readonly Request[]
  readonly session: Session
  readonly open: () => Promise<AddonContext>
}

interface OpenPart<Request> extends PartOfList<Request> {
  readonly requests: Request[]
}

interface Opens {
  /** Of the profile of an app-space. */
  readonly openSession: (appSpace: string) => Promise<Session>
  readonly context: (session: Session) => Promise<AddonContext>
}

/** A list of app-spaces by the profile that their spaces have. */
export class Parts<Request> {
  readonly #opens: Opens
  readonly #usual: Session
  readonly #byProfile = new Map<string, OpenPart<Request>>()

  constructor(usual: Session, opens: Opens) {
    this.#usual = usual
    this.#opens = opens
  }

  get all(): readonly PartOfList<Request>[] {
    return [...this.#byProfile.values()]
  }

  /** @param appSpace undefined where its space does not matter */
  async of(appSpace: string | undefined): Promise<OpenPart<Request>> {
    const {name} = appSpace === undefined ? this.#usual.profile : this.#usual.profileFor(appSpace)
    const known = this.#byProfile.get(name)
    if (known) return known
    const isUsual = appSpace === undefined || name === this.#usual.profile.name
    const session = isUsual ? this.#usual : await this.#opens.openSession(appSpace)
    let opened: Promise<AddonContext> | undefined
    const part = {requests: [], session, open: () => (opened ??= this.#opens.context(session))}
    this.#byProfile.set(name, part)
    return part
  }

  /** Before anything is sent, so that a missing login is reported then. */
  async open(): Promise<(part: PartOfList<Request>) => AddonContext> {
    const opened = new Map<PartOfList<Request>, AddonContext>()
    for (const part of this.all) opened.set(part, await part.open())
    return (part) => {
      const context = opened.get(part)
      if (!context) throw new Error('no part of this list')
      return context
    }
  }
}
