import {createHash} from 'node:crypto'

import {readConfigVars, redacted} from '../akkeris/config-vars.js'
import {watchRollout} from '../akkeris/rollout.js'
import {Failure, refused, temporary, UnknownOutcome, usage} from '../errors.js'
import {Lease} from '../registry/lease.js'
import {createSecondaryToken, deleteSecondaryToken, promoteSecondaryToken} from '../twilio/auth-tokens.js'
import {fetchAccount} from '../twilio/accounts.js'
import {subaccount, type TwilioAccount} from '../twilio/connect.js'
import {isMissing, refusedWith, TwilioRefusal, twilioCodes} from '../twilio/errors.js'
import {acquireAddonLease} from '../addon/lease.js'
import {requireFreeVars} from '../addon/var-ownership.js'
import {rollOutConfigVars, rolloutTimeoutMs} from '../addon/roll-out.js'
import type {AddonContext} from '../addon/context.js'
import {sendOnce, retryUntilVisible} from '../transport/idempotent.js'
import type {AddonRecord, Rotation} from '../addon/record.js'

export interface RotateRequest {
  readonly appSpace: string
  /** How long to wait after the config var was changed, in place of asking Akkeris how far the app is. */
  readonly graceSeconds: number | undefined
}

/**
 * Gives the subaccount a new auth token while the app goes on: a secondary token, the config var, the app's restart, proof that the
 * token works, promotion. Until then both tokens work, so the app never holds one that does not. The secondary token is shown only
 * once: a run that goes on after another was cut short does not know it, so it writes the primary one back, waits for the app,
 * deletes the secondary and starts over.
 * @returns the SID of the account whose token it is.
 */
export async function rotate(
  context: AddonContext,
  ask: RotateRequest,
): Promise<{accountSid: string; resumed: boolean}> {
  const {main, akkeris, appSpace} = {...context, appSpace: ask.appSpace}
  const lease = await acquireAddonLease(context, appSpace, ({rotation}) => rotation !== undefined && rotation !== null)
  try {
    const {accountSid = ''} = lease.record
    const account = await fetchAccount(main, accountSid)
    await requireFreeVars(akkeris, {
      appSpace,
      vars: await readConfigVars(akkeris, appSpace),
      ours: accountSid,
      begun: true,
      forced: false,
    })
    const run: Run = {context, ask, lease, twilio: subaccount(main, account)}
    const interrupted = lease.record.rotation
    const done = interrupted ? await settleEarlier(run, interrupted) : false
    if (!done) await rotateOnce(run)
    await lease.release({state: 'ready', rotation: null})
    return {accountSid, resumed: interrupted !== undefined && interrupted !== null}
  } catch (error) {
    const {rotation} = lease.record
    await lease.release(rotation ? {} : {state: 'ready'}).catch(() => undefined)
    if (!(error instanceof Failure) || !rotation) throw error
    throw error.withSuggestions(`Both tokens work. To go on: aka twilio:rotate -a ${appSpace}`)
  }
}

interface Run {
  readonly context: AddonContext
  readonly ask: RotateRequest
  readonly lease: Lease<AddonRecord>
  /** The subaccount, by the primary token that there was. */
  readonly twilio: TwilioAccount
}

async function rotateOnce(run: Run): Promise<void> {
  const {context, lease, twilio} = run
  const {main, progress} = context
  const {accountSid = ''} = lease.record
  const {authToken: primary} = await fetchAccount(main, accountSid)
  const before = fingerprint(primary)

  await requireRolloutKnown(run)
  await lease.save({state: 'changing', rotation: {stage: 'making', before}})
  progress('making a secondary auth token')
  const secondary = await makeSecondary(run)
  const bySecondary = subaccount(main, {sid: accountSid, authToken: secondary})
  await prove(bySecondary)

  await lease.save({rotation: {stage: 'writing', before}})
  await giveToApp(run, secondary)
  await prove(bySecondary)

  await lease.save({rotation: {stage: 'promoting', before}})
  await lease.renew()
  progress('promoting the new auth token')
  const look = async () => ((await fetchAccount(main, accountSid)).authToken === secondary ? true : undefined)
  const make = async () => {
    await promoteSecondaryToken(bySecondary)
    return true
  }
  await sendOnce(main.transport, {send: make, find: look})
  if (!(await look()))
    throw temporary('TOKEN_NOT_PROMOTED', `Twilio does not show the new auth token of ${twilio.sid} yet.`)
}

/** True when the token was promoted before the earlier run was cut short. Otherwise everything is as it was before that run. */
async function settleEarlier(run: Run, {stage, before}: Rotation): Promise<boolean> {
  const {context, lease, twilio, ask} = run
  const {main, akkeris, progress} = context
  const {authToken: primary} = await fetchAccount(main, twilio.sid)
  const held = (await readConfigVars(akkeris, ask.appSpace)).TWILIO_AUTH_TOKEN
  const isWritten = held === primary || held === redacted
  if (fingerprint(primary) !== before) {
    if (!isWritten) await giveToApp(run, primary)
    return true
  }
  progress(
    'going back to the primary auth token: the secondary one of the run that was cut short is not known any more',
  )
  const appMayHaveSecondary = stage === 'restoring' || (stage !== 'making' && held !== primary)
  if (appMayHaveSecondary) {
    await lease.save({rotation: {stage: 'restoring', before}})
    await giveToApp(run, primary)
  }
  await removeSecondary(run)
  await lease.save({rotation: null})
  return false
}

/** Writes the token to the app's config, and waits until nothing of the app runs with another. */
async function giveToApp({context, ask, lease}: Run, token: string): Promise<void> {
  const {appSpace, graceSeconds} = ask
  if (await rollOutConfigVars(context, lease, {TWILIO_AUTH_TOKEN: token}, {graceSeconds})) return
  throw temporary(
    'APP_NOT_RESTARTED',
    `${appSpace} does not run with its new config vars after ${rolloutTimeoutMs / 60_000} minutes; nothing was promoted.`,
    `See why: aka ps -a ${appSpace}, aka logs -a ${appSpace}`,
  )
}

/** @throws {Failure} `usage` where Akkeris does not tell how far an app is, and no time was given either. */
async function requireRolloutKnown({context, ask}: Run): Promise<void> {
  if (ask.graceSeconds !== undefined || (await watchRollout(context.akkeris, ask.appSpace))) return
  throw usage(
    'GRACE_NEEDED',
    'This Akkeris does not tell when an app runs with its new config vars.',
    'Say how long its restart takes at most: add --grace SECONDS.',
  )
}

/** @throws {Failure} `conflict`-like refusal when there is a secondary token that somebody else made. */
async function makeSecondary(run: Run): Promise<string> {
  const {context, twilio} = run
  for (let round = 1, mayBeOurs = false; ; round++) {
    try {
      return await createSecondaryToken(twilio)
    } catch (error) {
      if (error instanceof UnknownOutcome && round < 4) {
        mayBeOurs = true
        await context.main.transport.pause(round)
        await removeSecondary(run)
      } else if (refusedWith(error, twilioCodes.secondaryTokenExists)) {
        if (!mayBeOurs) throw await leaveAlone(run)
        await removeSecondary(run)
      } else {
        if (error instanceof TwilioRefusal) await run.lease.save({rotation: null})
        throw error
      }
    }
  }
}

async function leaveAlone({lease, twilio}: Run): Promise<Failure> {
  await lease.save({rotation: null})
  return refused(
    'SECONDARY_TOKEN_EXISTS',
    `${twilio.sid} has a secondary auth token already, made outside of this tool; nothing was changed.`,
    'Promote or delete it in the Twilio console (Account > API keys & tokens), then run this again.',
  )
}

async function removeSecondary({twilio}: Run): Promise<void> {
  try {
    await deleteSecondaryToken(twilio)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

/** That the token works; a new one may take a moment. */
async function prove(bySecondary: TwilioAccount): Promise<void> {
  const isTooEarly = (error: unknown) => error instanceof TwilioRefusal && error.twilio?.status === 401
  await retryUntilVisible(bySecondary.transport, () => fetchAccount(bySecondary), isTooEarly)
}

/** Enough to see that a token was replaced, and of no other use. */
function fingerprint(token: string): string {
  return createHash('sha256').update(`aka-twilio ${token}`).digest('hex').slice(0, 12)
}
