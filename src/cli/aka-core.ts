import {isTwilio, listAddons} from '../lib/akkeris/addons.js'
import {findApp} from '../lib/akkeris/which-app.js'
import {Failure} from '../lib/errors.js'
import {safeText} from '../lib/secrets.js'
import type {Machine, Session} from '../lib/session.js'
import {writeToStderr} from './progress.js'

/** What there is inside aka, for a command whose name aka's core has too. */
export interface AkaCore {
  /** Runs the command line with aka's own command, with another name in the place of the add-on's; resolves to its exit code. */
  readonly run: (addon: string) => Promise<number>
  /** The add-on that was named on the command line. */
  readonly addon: string
  /** `--app`, if it was given. */
  readonly app: string | undefined
}

let core: AkaCore | undefined

export function offerCore(offered: AkaCore | undefined): void {
  core = offered
}

/** The core did what was asked for, and said all there was to say. */
export class LeftToCore extends Error {
  constructor(readonly exitCode: number) {
    super('left to the core of aka')
  }
}

/**
 * Inside aka, a platform add-on is the core's business: one of the name or the plan that was given, and by `twilio` the platform's
 * own, which has a longer name. Where the app-space has ours as well, `twilio` means ours.
 * @throws {LeftToCore} when it was.
 */
export async function leaveToCore(
  open: (appSpace: string | undefined) => Promise<Session>,
  {env}: Machine,
): Promise<void> {
  if (!core) return
  const {run, addon, app} = core
  const appSpace = appOrNone(app, env)
  const session = await open(appSpace)
  if (appSpace === undefined || session.sandbox) return
  const addons = await listAddons(session.akkeris(), appSpace)
  if (addons.some(({name, plan}) => name === addon || plan === addon)) throw new LeftToCore(await run(addon))
  const platforms = addon === 'twilio' ? addons.find(isTwilio) : undefined
  if (!platforms || (await hasOurs(session, appSpace))) return
  writeToStderr(safeText(`=== twilio of ${appSpace} is the platform's add-on ${platforms.name} (${platforms.plan})`))
  throw new LeftToCore(await run(platforms.name))
}

/** Who has no login to Twilio has nothing of ours to do with. */
async function hasOurs(session: Session, appSpace: string): Promise<boolean> {
  try {
    return (await (await session.registry()).read(appSpace)) !== undefined
  } catch (error) {
    if (error instanceof Failure && error.outcome === 'credentials') return false
    throw error
  }
}

/** What is wrong with it is not what matters here. */
export function appOrNone(given: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  try {
    return findApp(given, env).appSpace
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}
