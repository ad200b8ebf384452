import {createHash} from 'node:crypto'

import type {AddonContext} from '../addon/context.js'
import {acquireAddonLease} from '../addon/lease.js'
import type {AddonRecord, Rotation} from '../addon/record.js'
import {rollOutConfigVars, rolloutTimeoutMs} from '../addon/roll-out.js'
import {requireFreeVars} from '../addon/var-ownership.js'
import {readConfigVars, redacted} from '../akkeris/config-vars.js'
import {watchRollout} from '../akkeris/rollout.js'
import {type Failure, refused, temporary, usage} from '../errors.js'
import type {Lease} from '../registry/lease.js'
import {restartIfLeaseLost, runOperation} from '../registry/operation.js'
import {fetchAccount} from '../twilio/accounts.js'
import {createSecondaryToken, ensurePromoted, ensureSecondaryDeleted, verifyToken} from '../twilio/auth-tokens.js'
import {subaccount, type TwilioAccount} from '../twilio/connect.js'
import {refusedWith, twilioCodes, TwilioRefusal} from '../twilio/errors.js'

export interface RotateRequest {
  readonly appSpace: string
  /** How long to wait after the config var was changed, in place of asking Akkeris how far the app is. */
  readonly graceSeconds: number | undefined
}

export interface Rotated {
  /** Of the account whose token it is. */
  readonly accountSid: string
  /** Whether an earlier run had begun it. */
  readonly resumed: boolean
}

/**
 * Gives the subaccount a new auth token without downtime: a secondary token, the config var, the app's restart, proof that the
 * token works, promotion. Until then both tokens work, so the app never holds one that does not. The secondary token is shown only
 * once: a run that resumes after an interruption does not know it, so it writes the primary one back, waits for the app,
 * deletes the secondary and starts over.
 */
export async function rotate(context: AddonContext, request: RotateRequest): Promise<Rotated> {
  return restartIfLeaseLost(() => attempt(context, request))
}

async function attempt(context: AddonContext, request: RotateRequest): Promise<Rotated> {
  const {appSpace} = request
  const lease = await acquireAddonLease(context, appSpace, ({rotation}) => Boolean(rotation))
  const {accountSid = '', rotation: interrupted} = lease.record
  return runOperation(lease, {
    async steps() {
      const run: Run = {context, request, lease, sub: await openAccount(context, lease.record)}
      const isPromoted = interrupted ? await settleInterrupted(run, interrupted) : false
      if (!isPromoted) await rotateOnce(run)
      return {accountSid, resumed: Boolean(interrupted)}
    },
    commit: () => lease.release(over),
    resume: () => (lease.record.rotation ? [`Both tokens work. To resume: aka twilio:rotate -a ${appSpace}`] : []),
  })
}

/** What the item is once there is nothing to resume. */
const over = {state: 'ready', rotation: null} as const

interface Run {
  readonly context: AddonContext
  readonly request: RotateRequest
  readonly lease: Lease<AddonRecord>
  /** The subaccount, by the primary token that there was. */
  readonly sub: TwilioAccount
}

/** @throws {Failure} `conflict` when the config vars are somebody else's. */
async function openAccount(
  {main, akkeris}: AddonContext,
  {appSpace, accountSid = ''}: AddonRecord,
): Promise<TwilioAccount> {
  const account = await fetchAccount(main, accountSid)
  const vars = await readConfigVars(akkeris, appSpace)
  await requireFreeVars(akkeris, {appSpace, vars, ours: accountSid, begun: true, forced: false})
  return subaccount(main, account)
}

async function rotateOnce(run: Run): Promise<void> {
  const {context, lease, sub} = run
  const {main, progress} = context
  const before = fingerprint((await fetchAccount(main, sub.sid)).authToken)

  await requireRolloutKnown(run)
  await lease.save({state: 'changing', rotation: {stage: 'making', before}})
  progress('creating a secondary auth token')
  const secondary = await createSecondary(run)
  await verifyToken(main, sub.sid, secondary)

  await lease.save({rotation: {stage: 'writing', before}})
  await giveToApp(run, secondary)
  await verifyToken(main, sub.sid, secondary)

  await lease.save({rotation: {stage: 'promoting', before}})
  await lease.renew()
  progress('promoting the new auth token')
  await ensurePromoted(main, sub.sid, secondary)
}

/** True when the token was promoted before the earlier run was interrupted. Otherwise everything is as it was before that run. */
async function settleInterrupted(run: Run, {stage, before}: Rotation): Promise<boolean> {
  const {context, lease, sub, request} = run
  const {main, akkeris, progress} = context
  const {authToken: primary} = await fetchAccount(main, sub.sid)
  const held = (await readConfigVars(akkeris, request.appSpace)).TWILIO_AUTH_TOKEN
  if (fingerprint(primary) !== before) {
    const isWritten = held === primary || held === redacted
    if (!isWritten) await giveToApp(run, primary)
    return true
  }
  progress('going back to the primary auth token: the secondary one of the interrupted run is no longer known')
  const appMayHaveSecondary = stage === 'restoring' || (stage !== 'making' && held !== primary)
  if (appMayHaveSecondary) {
    await lease.save({rotation: {stage: 'restoring', before}})
    await giveToApp(run, primary)
  }
  await ensureSecondaryDeleted(sub)
  await lease.save(over)
  return false
}

/** Writes the token to the app's config, and waits until nothing of the app runs with another. */
async function giveToApp({context, request, lease}: Run, token: string): Promise<void> {
  const {appSpace, graceSeconds} = request
  if (await rollOutConfigVars(context, lease, {TWILIO_AUTH_TOKEN: token}, {graceSeconds})) return
  throw temporary(
    'APP_NOT_RESTARTED',
    `${appSpace} does not run with its new config vars after ${rolloutTimeoutMs / 60_000} minutes; nothing was promoted.`,
    `See why: aka ps -a ${appSpace}, aka logs -a ${appSpace}`,
  )
}

/** @throws {Failure} `usage` where Akkeris does not tell how far an app is, and no time was given either. */
async function requireRolloutKnown({context, request}: Run): Promise<void> {
  if (request.graceSeconds !== undefined || (await watchRollout(context.akkeris, request.appSpace))) return
  throw usage(
    'GRACE_REQUIRED',
    'This Akkeris does not tell when an app runs with its new config vars.',
    'Say how long its restart takes at most: add --grace SECONDS.',
  )
}

/** @throws {Failure} `refused` when there is a secondary token that somebody else made. */
async function createSecondary({lease, sub}: Run): Promise<string> {
  try {
    return await createSecondaryToken(sub)
  } catch (error) {
    // Nothing was made: there is nothing to resume.
    if (error instanceof TwilioRefusal) await lease.save(over)
    throw refusedWith(error, twilioCodes.secondaryTokenExists) ? secondaryExists(sub.sid) : error
  }
}

function secondaryExists(accountSid: string): Failure {
  return refused(
    'SECONDARY_TOKEN_EXISTS',
    `${accountSid} has a secondary auth token already, made outside of this tool; nothing was changed.`,
    'Promote or delete it in the Twilio console (Account > API keys & tokens), then run this again.',
  )
}

/** Enough to see that a token was replaced, and of no other use. */
function fingerprint(token: string): string {
  return createHash('sha256').update(`aka-twilio ${token}`).digest('hex').slice(0, 12)
}
