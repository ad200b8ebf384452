import {listAddons} from '../akkeris/addons.js'
import {type ConfigVars, readConfigVars, readVarOwners} from '../akkeris/config-vars.js'
import type {Akkeris} from '../akkeris/connect.js'
import {conflict, type Failure} from '../errors.js'
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
}

/**
 * The config vars, when the add-on may write its three into them.
 * @throws {Failure} `conflict` for those of a platform add-on, which nobody can overwrite, and unless `forced` for anybody's.
 */
export async function requireFreeVars(akkeris: Akkeris, {appSpace, vars, forced, ...owner}: Ask): Promise<ConfigVars> {
  if (foreignVars(vars, owner).length === 0) return vars
  // They may be of an add-on that was destroyed since they were read.
  const now = await readConfigVars(akkeris, appSpace)
  const foreign = foreignVars(now, owner)
  if (foreign.length === 0) return now

  const owners = await readVarOwners(akkeris, appSpace)
  const fixed = foreign.filter((name) => owners[name] === 'addon')
  if (fixed.length > 0) {
    const addons = await addonsBehind(akkeris, appSpace, fixed)
    throw conflict(
      'PLATFORM_ADDON_EXISTS',
      `${appSpace} has ${fixed.join(', ')} from ${addons.length > 0 ? `the platform's add-on ${addons.join(' or ')}` : 'an add-on of the platform'}, and config vars of an add-on cannot be changed.`,
      `Only one of the two can be there: aka addons:destroy ${addons[0] ?? 'ADDON'} -a ${appSpace}, then this again.`,
      `What is on the app: aka addons -a ${appSpace}`,
    )
  }
  if (!forced) throw foreignVarsRefused(appSpace, foreign)
  return now
}

/** The platform's add-ons that set these; where Akkeris does not tell, those called something with Twilio, else all. */
async function addonsBehind(akkeris: Akkeris, appSpace: string, names: readonly string[]): Promise<string[]> {
  const all = await listAddons(akkeris, appSpace)
  const setting = all.filter(({configVars}) => names.some((name) => configVars.includes(name)))
  const sounding = all.filter(({name, plan}) => /twilio/i.test(`${name} ${plan}`))
  const [found = []] = [setting, sounding, all].filter((each) => each.length > 0)
  return found.map(({name}) => name)
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

function foreignVarsRefused(appSpace: string, foreign: readonly string[]): Failure {
  return conflict(
    'FOREIGN_CONFIG_VARS',
    `${appSpace} has ${foreign.join(', ')} already, and not from this add-on.`,
    `Add --force to overwrite them, or remove them first: aka config:unset ${foreign.join(' ')} -a ${appSpace}`,
  )
}
