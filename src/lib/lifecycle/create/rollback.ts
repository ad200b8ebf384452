import {changeConfigVars, readConfigVars, redacted, type ConfigVars} from '../../akkeris/config-vars.js'
import {Failure, UnknownOutcome} from '../../errors.js'
import {NoAnswer} from '../../transport/types.js'
import {webhooksInPlaceOf} from '../../twilio/numbers.js'
import type {Created} from './acquire.js'
import {type Lease} from '../../registry/lease.js'
import {LeaseLost} from '../../registry/items.js'
import {closeSubaccount, moveToMain, release} from '../../addon/give-back.js'
import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord} from '../../addon/record.js'
import {restorations, type AddonVars} from '../../addon/vars.js'

/** The config vars as they were, and as this run wrote them or was about to. */
export interface Written {
  readonly before: ConfigVars
  readonly vars: AddonVars
}

/** What this run did so far, for undoing it. */
export interface Journal {
  readonly made: Created
  /** False while nothing but the claim was written. */
  started: boolean
  written?: Written
}

interface Failed {
  readonly lease: Lease<AddonRecord>
  readonly error: unknown
  readonly journal: Journal
  /** Undo nothing. */
  readonly keep: boolean
}

/** Leaves things behind as promised for this kind of failure, and gives the error to end with. */
export async function concludeFailure(context: AddonContext, {lease, error, journal, keep}: Failed): Promise<unknown> {
  if (error instanceof LeaseLost) return error
  if (!journal.started && lease.isNew) {
    await lease.remove().catch(() => undefined)
    return error
  }
  const definite = error instanceof Failure && error.outcome !== 'temporary' && error.outcome !== 'interrupted'
  if (definite && !keep) return rollBack(context, lease, error, journal)

  // A request may still be under way at Twilio: then whoever comes next must wait for the lease to run out.
  const underWay = error instanceof UnknownOutcome && error.cause instanceof NoAnswer
  if (!underWay) await lease.release().catch(() => undefined)
  if (!(error instanceof Failure)) return error
  const {appSpace} = lease.record
  return error.withSuggestions(
    ...(definite
      ? [`What was made so far was kept; to go on: aka addons:create twilio:${lease.record.plan} -a ${appSpace}`]
      : []),
    `To undo it instead: aka addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`,
  )
}

/**
 * Undoes what this run did and nothing that it found: config vars, then the moved number, then what was bought, then the
 * subaccount, and the registry's item last, so that a run can go on from wherever this one stops.
 * @returns the refusal to end with, which says what became of it all.
 * @throws {LeaseLost} when the app-space has become another run's, and with it what was made here.
 */
async function rollBack(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  because: Failure,
  {made, written}: Journal,
): Promise<Failure> {
  const {main, akkeris, progress} = context
  const {appSpace} = lease.record
  try {
    await lease.renew()
    if (written) {
      progress(`putting the config vars of ${appSpace} back`)
      const changes = restorations(written.before, await readConfigVars(akkeris, appSpace), written.vars)
      if (Object.keys(changes).length > 0) {
        await lease.withTime(() => changeConfigVars(akkeris, appSpace, changes, {beforeEachTry: lease.requireTime}))
      }
      const lost = Object.keys(written.before).filter(
        (name) => changes[name] === null && written.before[name] === redacted,
      )
      if (lost.length > 0)
        context.warn(`${lost.join(', ')} of ${appSpace} could not be put back: its value was not readable.`)
    }
    await lease.renew()
    if (made.transferred) {
      const {number, to, options} = made.transferred
      const {sid, e164, webhooks} = number
      progress(`moving ${e164} back to the main account`)
      await moveToMain(main, {sid, e164, from: to, options: webhooksInPlaceOf(options, webhooks)})
    }
    const closing = made.accounts.map(({sid}) => sid)
    await lease.renew()
    for (const {number, account} of made.bought) {
      if (!closing.includes(account.sid)) await release(account, number.sid)
    }
    for (const sid of closing) {
      await lease.renew()
      progress(`closing ${sid}`)
      await closeSubaccount(main, sid)
    }
    if (lease.isNew) await lease.remove()
    else await lease.release()
  } catch (error) {
    if (error instanceof LeaseLost) throw error
    await lease.release().catch(() => undefined)
    if (error instanceof Failure && error.outcome === 'interrupted') throw error
    const why = error instanceof Error ? error.message : String(error)
    return because.withSuggestions(
      `Not everything could be undone (${why}): aka addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`,
    )
  }
  const nothing = made.accounts.length + made.bought.length === 0 && !made.transferred && !written
  return nothing ? because : because.withSuggestions('What this run had made was undone.')
}
