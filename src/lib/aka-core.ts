import {listAddons} from './akkeris/addons.js'
import type {Session} from './session.js'

/** Runs the command line with aka's own command of that name; resolves to its exit code. */
export type RunCore = () => Promise<number>

let runCore: RunCore | undefined

/** Called when a command is run inside aka under a name that aka's core has too. */
export function offerCore(run: RunCore | undefined): void {
  runCore = run
}

/** The core did what was asked for, and said all there was to say. */
export class LeftToCore extends Error {
  constructor(readonly exitCode: number) {
    super('left to the core of aka')
  }
}

/**
 * Inside aka, a platform add-on of the name that was given is the core's business: not every add-on called twilio is ours.
 * @throws {LeftToCore} when it was.
 */
export async function leaveToCore(
  session: Session,
  {addon, appSpace}: {readonly addon: string; readonly appSpace: string},
): Promise<void> {
  if (!runCore || session.sandbox) return
  const addons = await listAddons(session.akkeris(), appSpace)
  if (addons.some(({name, plan}) => name === addon || plan === addon)) throw new LeftToCore(await runCore())
}
