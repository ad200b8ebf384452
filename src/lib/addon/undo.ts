import {changeConfigVars, readConfigVars, redacted, type ConfigVars} from '../akkeris/config-vars.js'
import {Failure, UnknownOutcome} from '../errors.js'
import {NoAnswer} from '../transport/types.js'
import {webhooksInPlaceOf} from '../twilio/numbers.js'
import type {Made} from './acquire.js'
import {type Claim} from '../registry/claim.js'
import {ClaimLost} from '../registry/items.js'
import {closeSubaccount, moveToMain, release} from './give-back.js'
import type {Means} from './means.js'
import type {AddonRecord} from './record.js'
import {restorations, type AddonVars} from './vars.js'

/** The config vars as they were, and as this run wrote them or was about to. */
export interface Written {
  readonly before: ConfigVars
  readonly vars: AddonVars
}

/** What this run did so far, for undoing it. */
export interface Journal {
  readonly made: Made
  /** False while nothing but the claim was written. */
  started: boolean
  written?: Written
}

interface Failed {
  readonly claim: Claim<AddonRecord>
  readonly error: unknown
  readonly journal: Journal
  /** Undo nothing. */
  readonly keep: boolean
}

/** Leaves things behind as promised for this kind of failure, and gives the error to end with. */
export async function settleFailure(means: Means, {claim, error, journal, keep}: Failed): Promise<unknown> {
  if (error instanceof ClaimLost) return error
  if (!journal.started && claim.isNew) {
    await claim.remove().catch(() => undefined)
    return error
  }
  const definite = error instanceof Failure && error.outcome !== 'temporary' && error.outcome !== 'interrupted'
  if (definite && !keep) return undo(means, claim, error, journal)

  // A request may still be under way at Twilio: then whoever comes next must wait for the lease to run out.
  const underWay = error instanceof UnknownOutcome && error.cause instanceof NoAnswer
  if (!underWay) await claim.finish().catch(() => undefined)
  if (!(error instanceof Failure)) return error
  const {appSpace} = claim.record
  return error.withSuggestions(
    ...(definite
      ? [`What was made so far was kept; to go on: aka addons:create twilio:${claim.record.plan} -a ${appSpace}`]
      : []),
    `To undo it instead: aka addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`,
  )
}

/**
 * Undoes what this run did and nothing that it found: config vars, then the moved number, then what was bought, then the
 * subaccount, and the registry's item last, so that a run can go on from wherever this one stops.
 * @returns the refusal to end with, which says what became of it all.
 * @throws {ClaimLost} when the app-space has become another run's, and with it what was made here.
 */
async function undo(
  means: Means,
  claim: Claim<AddonRecord>,
  because: Failure,
  {made, written}: Journal,
): Promise<Failure> {
  const {main, akkeris, progress} = means
  const {appSpace} = claim.record
  try {
    await claim.keep()
    if (written) {
      progress(`putting the config vars of ${appSpace} back`)
      const changes = restorations(written.before, await readConfigVars(akkeris, appSpace), written.vars)
      if (Object.keys(changes).length > 0) {
        await claim.withTime(() => changeConfigVars(akkeris, appSpace, changes, {beforeEachTry: claim.requireTime}))
      }
      const lost = Object.keys(written.before).filter(
        (name) => changes[name] === null && written.before[name] === redacted,
      )
      if (lost.length > 0)
        means.warn(`${lost.join(', ')} of ${appSpace} could not be put back: its value was not readable.`)
    }
    await claim.keep()
    if (made.moved) {
      const {number, to, options} = made.moved
      const {sid, e164, webhooks} = number
      progress(`moving ${e164} back to the main account`)
      await moveToMain(main, {sid, e164, from: to, options: webhooksInPlaceOf(options, webhooks)})
    }
    const closing = made.accounts.map(({sid}) => sid)
    await claim.keep()
    for (const {number, account} of made.bought) {
      if (!closing.includes(account.sid)) await release(account, number.sid)
    }
    for (const sid of closing) {
      await claim.keep()
      progress(`closing ${sid}`)
      await closeSubaccount(main, sid)
    }
    if (claim.isNew) await claim.remove()
    else await claim.finish()
  } catch (error) {
    if (error instanceof ClaimLost) throw error
    await claim.finish().catch(() => undefined)
    if (error instanceof Failure && error.outcome === 'interrupted') throw error
    const why = error instanceof Error ? error.message : String(error)
    return because.withSuggestions(
      `Not everything could be undone (${why}): aka addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`,
    )
  }
  const nothing = made.accounts.length + made.bought.length === 0 && !made.moved && !written
  return nothing ? because : because.withSuggestions('What this run had made was undone.')
}
