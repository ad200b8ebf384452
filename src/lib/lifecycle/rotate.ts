import {createHash} from 'node:crypto'

import type {AddonContext} from '../addon/context.js'
import {requireEntry} from '../addon/info.js'
import {acquireAddonLease} from '../addon/lease.js'
import type {AddonRecord, Rotation} from '../addon/record.js'
import {rollOutConfigVars, rolloutTimeoutMs, untilRolledOut, writeConfigVars} from '../addon/roll-out.js'
import {requireFreeVars} from '../addon/var-ownership.js'
import {readConfigVars, redacted} from '../akkeris/config-vars.js'
import {type Rollout, watchRollout} from '../akkeris/rollout.js'
import {allOf} from '../all-of.js'
import {ourCommand, outsideSandbox} from '../command-line.js'
import {type Failure, refused, temporary, usage} from '../errors.js'
import type {Lease} from '../registry/lease.js'
import {restartIfLeaseLost, runOperation} from '../registry/operation.js'
import {rememberSecret} from '../secrets.js'
import {fetchAccount} from '../twilio/accounts.js'
import {
  createSecondaryToken,
  ensurePromoted,
  ensureSecondaryDeleted,
  type TokenChange,
  verifyToken,
} from '../twilio/auth-tokens.js'
import {subaccount, type TwilioAccount} from '../twilio/connect.js'
import {refusedWith, twilioCodes, TwilioRefusal} from '../twilio/errors.js'

export interface RotateRequest {
  readonly appSpace: string
  /** How long to wait after the config var was changed, in place of asking Akkeris how far the app is. */
  readonly graceSeconds: number | undefined
  /** A token that is no older than that stays. */
  readonly olderThanMs?: number | undefined
  /** Twilio is to tell nobody by email. */
  readonly noEmail?: boolean | undefined
}

export interface Rotated {
  /** Of the account whose token it is. */
  readonly accountSid: string
  /** False where the token is not old enough. */
  readonly rotated: boolean
  /** Whether an earlier run had begun it. */
  readonly resumed: boolean
  /** Since when it is the current token. */
  readonly rotatedAt: string | undefined
}

/** Whether an auth token is older than that. Of one whose age is unknown it counts how old the add-on is: it is not older than that. */
export function hasOlderToken({rotatedAt, createdAt}: AddonRecord, ageMs: number): boolean {
  return Date.now() - Date.parse(rotatedAt ?? createdAt) > ageMs
}

/**
 * Gives the subaccount a new auth token without downtime: a secondary token, the config var, the app's restart, proof that the
 * token works, promotion. Until then both tokens work, so the app never holds one that does not. The secondary token is shown only
 * once: a run that resumes after an interruption knows it only from the app's config. Where that does not show it, it writes the
 * primary one back, waits for the app, deletes the secondary and starts over.
 */
export async function rotate(context: AddonContext, request: RotateRequest): Promise<Rotated> {
  return restartIfLeaseLost(() => attempt(context, request))
}

async function attempt(context: AddonContext, request: RotateRequest): Promise<Rotated> {
  const {appSpace, olderThanMs} = request
  const known = olderThanMs === undefined ? undefined : await requireEntry(context, appSpace)
  if (known && olderThanMs !== undefined && !known.record.rotation && !hasOlderToken(known.record, olderThanMs)) {
    const {accountSid = '', rotatedAt} = known.record
    return {accountSid, rotated: false, resumed: false, rotatedAt}
  }
  const resumes = ({rotation}: AddonRecord) => Boolean(rotation)
  const lease = await acquireAddonLease(context, appSpace, {resumes, ...(known && {known})})
  const {accountSid = '', rotation: interrupted} = lease.record
  return runOperation(lease, {
    async steps() {
      const run: Run = {context, request, lease, ...(await openAccount(context, lease.record))}
      context.warn(webhookWarning)
      const isPromoted = interrupted ? await resumeInterrupted(run, interrupted) : false
      if (!isPromoted) await rotateOnce(run)
      return {accountSid, rotated: true, resumed: Boolean(interrupted), rotatedAt: new Date().toISOString()}
    },
    commit: ({rotatedAt}) => lease.release({...over, rotatedAt}),
    resume: () => (lease.record.rotation ? [`Both tokens work. To resume: ${ourCommand(sameCommand(request))}`] : []),
  })
}

function sameCommand({appSpace, graceSeconds, noEmail}: RotateRequest): string {
  const grace = graceSeconds === undefined ? '' : ` --grace ${graceSeconds}`
  return `twilio:rotate -a ${appSpace}${grace}${noEmail ? ' --no-email' : ''}`
}

const webhookWarning =
  'Webhooks are signed with the primary token: an app that validates signatures may refuse some between its restart and the promotion.'

/** What the item is once there is nothing to resume. */
const over = {state: 'ready', rotation: null} as const

interface Run {
  readonly context: AddonContext
  readonly request: RotateRequest
  readonly lease: Lease<AddonRecord>
  /** The token that the subaccount had when the run began, and the subaccount by it. */
  readonly primary: string
  readonly sub: TwilioAccount
}

/** @throws {Failure} `conflict` when the config vars are somebody else's. */
async function openAccount(
  context: AddonContext,
  {appSpace, accountSid = '', plan}: AddonRecord,
): Promise<Pick<Run, 'primary' | 'sub'>> {
  const {main, akkeris} = context
  const [account, vars] = await allOf([fetchAccount(main, accountSid), readConfigVars(akkeris, appSpace)])
  await requireFreeVars(context, {appSpace, vars, ours: accountSid, begun: true, forced: false, plan})
  return {primary: account.authToken, sub: subaccount(main, account)}
}

async function rotateOnce(run: Run): Promise<void> {
  const {context, lease, sub, primary, request} = run
  const {main, progress} = context
  const before = fingerprint(primary)

  await requireRolloutKnown(run)
  await lease.save({state: 'changing', rotation: {stage: 'making', before}})
  const secondary = await progress('creating a secondary auth token', async () => {
    const token = await createSecondary(run)
    await verifyToken(main, sub.sid, token)
    return token
  })

  const rollout = await watchIfAsked(run)
  const dynos = (rollout?.before ?? []).slice(0, mostDynos)
  await lease.save({rotation: {stage: 'writing', before, ...(rollout?.before?.length === dynos.length && {dynos})}})
  await writeConfigVars(context, lease, {TWILIO_AUTH_TOKEN: secondary})
  requireRolledOut(run, await untilRolledOut(context, lease, {graceSeconds: request.graceSeconds, rollout}))
  await promote(run, secondary, before)
}

/** How many dynos are recorded for a run that resumes: an item has room for so many, not for any number. */
const mostDynos = 50

/** The app runs with the secondary token: it becomes the only one. */
async function promote(run: Run, secondary: string, before: string): Promise<void> {
  const {context, lease, sub} = run
  const {main, progress} = context
  await verifyToken(main, sub.sid, secondary)
  await lease.save({rotation: {stage: 'promoting', before}})
  await lease.renew()
  await progress('promoting the new auth token', () => ensurePromoted(main, sub.sid, secondary, tokenChange(run)))
}

/** True when the token is promoted in the end. Otherwise everything is as it was before the earlier run. */
async function resumeInterrupted(run: Run, rotation: Rotation): Promise<boolean> {
  const {context, lease, sub, primary, request} = run
  const {akkeris, progress} = context
  const {stage, before} = rotation
  const held = (await readConfigVars(akkeris, request.appSpace)).TWILIO_AUTH_TOKEN
  if (fingerprint(primary) !== before) {
    const isWritten = held === primary || held === redacted
    if (!isWritten) await giveToApp(run, primary)
    return true
  }
  const isSecondary = held !== undefined && held !== primary && held !== redacted && (await isWorking(run, held))
  if (isSecondary && (stage === 'writing' || stage === 'promoting')) {
    await progress(`resuming with the new auth token, which the config of ${request.appSpace} holds`, () =>
      untilAppHasSecondary(run, held, rotation),
    )
    await promote(run, held, before)
    return true
  }
  const appMayHaveSecondary = stage === 'restoring' || (stage !== 'making' && held !== primary)
  const doing = 'going back to the primary auth token: the secondary one of the interrupted run is no longer known'
  await progress(doing, async () => {
    if (appMayHaveSecondary) {
      await lease.save({rotation: {stage: 'restoring', before}})
      await giveToApp(run, primary)
    }
    await ensureSecondaryDeleted(sub, tokenChange(run))
    await lease.save(over)
  })
  return false
}

/** Whether a token that the app's config holds is one of the account's. */
async function isWorking({context: {main}, sub}: Run, token: string): Promise<boolean> {
  rememberSecret(token)
  try {
    await verifyToken(main, sub.sid, token)
    return true
  } catch (error) {
    if (error instanceof TwilioRefusal) return false
    throw error
  }
}

/** Its config was changed by the earlier run, which may not have waited to the end. */
async function untilAppHasSecondary(run: Run, token: string, {stage, dynos}: Rotation): Promise<void> {
  const {context, lease, request} = run
  if (stage === 'promoting') return
  const {graceSeconds} = request
  if (graceSeconds === undefined && dynos === undefined) return giveToApp(run, token)
  const rollout = await watchIfAsked(run, dynos)
  requireRolledOut(run, await untilRolledOut(context, lease, {graceSeconds, rollout}))
}

async function watchIfAsked({context, request}: Run, began?: Rotation['dynos']): Promise<Rollout | undefined> {
  const {graceSeconds, appSpace} = request
  return graceSeconds === undefined ? watchRollout(context.akkeris, appSpace, began) : undefined
}

/** Writes the token to the app's config, and waits until nothing of the app runs with another. */
async function giveToApp(run: Run, token: string): Promise<void> {
  const {context, request, lease} = run
  const {graceSeconds} = request
  requireRolledOut(run, await rollOutConfigVars(context, lease, {TWILIO_AUTH_TOKEN: token}, {graceSeconds}))
}

/** @throws {Failure} `temporary` where the app has not come so far. */
function requireRolledOut({context, request: {appSpace}}: Run, isRolledOut: boolean): void {
  if (isRolledOut) return
  const seconds = rolloutTimeoutMs(context.main.transport) / 1000
  throw temporary(
    'APP_NOT_RESTARTED',
    `${appSpace} does not run with its new config vars after ${seconds} seconds; nothing was promoted.`,
    ...outsideSandbox(`See why: aka ps -a ${appSpace}, aka logs -a ${appSpace}`),
    'To wait longer: add --timeout SECONDS.',
  )
}

/** @throws {Failure} `usage` where Akkeris does not tell how far an app is, and no time was given either. */
async function requireRolloutKnown(run: Run): Promise<void> {
  if (run.request.graceSeconds !== undefined || (await watchIfAsked(run))) return
  throw usage(
    'GRACE_REQUIRED',
    'This Akkeris does not report when an app runs with its new config vars.',
    'Say how long its restart takes at most: add --grace SECONDS.',
  )
}

/** @throws {Failure} `refused` when there is a secondary token that somebody else made. */
async function createSecondary(run: Run): Promise<string> {
  const {lease, sub} = run
  try {
    return await createSecondaryToken(sub, tokenChange(run))
  } catch (error) {
    // Nothing was made: there is nothing to resume.
    if (error instanceof TwilioRefusal) await lease.save(over)
    throw refusedWith(error, twilioCodes.secondaryTokenExists) ? secondaryExists(sub.sid) : error
  }
}

function tokenChange({request: {noEmail}}: Run): TokenChange {
  return noEmail ? {suppressEmailNotification: true} : {}
}

function secondaryExists(accountSid: string): Failure {
  return refused(
    'SECONDARY_TOKEN_EXISTS',
    `${accountSid} already has a secondary auth token, created outside of this tool; nothing was changed.`,
    'Promote or delete it in the Twilio console (Account > API keys & tokens), then run this again.',
  )
}

/** Enough to see that a token was replaced, and of no other use. */
function fingerprint(token: string): string {
  return createHash('sha256').update(`aka-twilio ${token}`).digest('hex').slice(0, 12)
}
