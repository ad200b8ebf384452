import {isTwilio, listAddons, type PlatformAddon, readAddonVarNames} from '../akkeris/addons.js'
import {type ConfigVars, readConfigVars, readVarOwners} from '../akkeris/config-vars.js'
import type {Akkeris} from '../akkeris/connect.js'
import {ourCommand, outsideSandbox} from '../command-line.js'
import {conflict, type Failure} from '../errors.js'
import type {AddonContext} from './context.js'
import {findOwnSubaccount, type OwnSubaccount, useItsRegistry} from './elsewhere.js'
import type {PlanName} from './plans.js'
import {ownerOf, present} from './vars.js'

interface Ask {
  readonly appSpace: string
  /** As they were read a while ago. */
  readonly vars: ConfigVars
  /** The SID of the add-on's subaccount, where there is one. */
  readonly ours: string | undefined
  /** Whether an earlier run began here, so that vars without TWILIO_SID may be its. */
  readonly begun: boolean
  /** Overwrite what is somebody else's. */
  readonly forced: boolean
  /** Of the add-on, for a command that has no --force. */
  readonly plan?: PlanName
}

/**
 * The config vars, when the add-on may write its three into them.
 * @throws {Failure} `conflict` for those of a platform add-on, which nobody can overwrite, and unless `forced` for anybody's.
 */
export async function requireFreeVars(
  context: Pick<AddonContext, 'registry' | 'akkeris'>,
  {appSpace, vars, forced, plan, ...owner}: Ask,
): Promise<ConfigVars> {
  const {akkeris} = context
  if (foreignVars(vars, owner).length === 0) return vars
  // They may be of an add-on that was destroyed since they were read.
  const now = await readConfigVars(akkeris, appSpace)
  const foreign = foreignVars(now, owner)
  if (foreign.length === 0) return now

  const [owners, addons] = await Promise.all([readVarOwners(akkeris, appSpace), listAddons(akkeris, appSpace)])
  const twilio = addons.find(isTwilio)
  if (twilio) throw platformTwilioExists(appSpace, foreign, twilio)
  const fixed = foreign.filter((name) => owners[name] === 'addon')
  if (fixed.length > 0)
    throw fixedByAddon(appSpace, fixed, await addonsBehind(akkeris, {appSpace, addons, names: fixed}))
  const own = await findOwnSubaccount(context, appSpace, ownerOf(now) ?? '')
  if (own && own.account.sid !== owner.ours && !forced) throw ofAnotherRegistry(context, appSpace, own)
  if (!forced) throw foreignVarsRefused(appSpace, foreign, plan)
  return now
}

/** Its config vars could be overwritten: both would then work on one app, and the end of one would take the vars of the other. */
function platformTwilioExists(appSpace: string, foreign: readonly string[], {name, plan}: PlatformAddon): Failure {
  return conflict(
    'PLATFORM_ADDON_EXISTS',
    `${appSpace} has ${foreign.join(', ')} from the platform's own Twilio add-on, ${name} (${plan}). An app can have only one of the two.`,
    `To keep the platform's: aka addons:info ${name} -a ${appSpace}`,
    `To replace it: aka addons:destroy ${name} -a ${appSpace}, which closes its Twilio account, then run this again.`,
  )
}

function fixedByAddon(appSpace: string, fixed: readonly string[], addons: readonly string[]): Failure {
  return conflict(
    'PLATFORM_ADDON_EXISTS',
    `${appSpace} has ${fixed.join(', ')} from ${addons.length > 0 ? `the platform's add-on ${addons.join(' or ')}` : 'an add-on of the platform'}, and config vars of an add-on cannot be changed.`,
    `An app can have only one of the two: aka addons:destroy ${addons[0] ?? 'ADDON'} -a ${appSpace}, then run this again.`,
    `To see the app's add-ons: aka addons -a ${appSpace}`,
  )
}

interface Behind {
  readonly appSpace: string
  readonly addons: readonly PlatformAddon[]
  readonly names: readonly string[]
}

/** The platform's add-ons that set these; all of them where Akkeris does not tell. */
async function addonsBehind(akkeris: Akkeris, {appSpace, addons, names}: Behind): Promise<string[]> {
  const all = addons.map(({name}) => name)
  const sets = await Promise.all(all.map((name) => readAddonVarNames(akkeris, appSpace, name)))
  const setting = all.filter((_, at) => sets[at]?.some((name) => names.includes(name)))
  return setting.length > 0 ? setting : all
}

interface Ownership {
  /** The SID of the add-on's subaccount, where there is one. */
  readonly ours: string | undefined
  /** Whether an earlier run began here, so that vars without TWILIO_SID may be its. */
  readonly begun: boolean
}

/** The add-on's config vars that are somebody else's. */
export function foreignVars(vars: ConfigVars, {ours, begun}: Ownership): string[] {
  const owner = ownerOf(vars)
  const fine = owner === undefined ? begun : owner === ours
  return fine ? [] : present(vars)
}

/** They are ours: to overwrite them would leave an add-on behind that somebody pays for. */
function ofAnotherRegistry({registry}: Pick<AddonContext, 'registry'>, appSpace: string, own: OwnSubaccount): Failure {
  return conflict(
    'FOREIGN_CONFIG_VARS',
    `${appSpace} has a Twilio add-on already (${own.account.sid}), but not in the registry "${registry.name}".`,
    useItsRegistry(own),
    `To replace it: destroy it there (addons:destroy), then run this again.`,
  )
}

function foreignVarsRefused(appSpace: string, foreign: readonly string[], plan: PlanName | undefined): Failure {
  const force = plan && ourCommand(`addons:create twilio:${plan} -a ${appSpace} --force`)
  return conflict(
    'FOREIGN_CONFIG_VARS',
    `${appSpace} has ${foreign.join(', ')} already, and not from this add-on.`,
    force === undefined ? 'To overwrite them: add --force.' : `To overwrite them: ${force}`,
    ...outsideSandbox(`To remove them first: aka config:unset ${foreign.join(' ')} -a ${appSpace}`),
  )
}
