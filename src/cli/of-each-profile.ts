import type {PerProfile} from '../lib/per-profile.js'
import type {Session} from '../lib/session.js'

/** Does something in each main account that a command is about. */
export type OfEachProfile = <Result>(work: (session: Session) => Promise<Result>) => Promise<PerProfile<Result>>
