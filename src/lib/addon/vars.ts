import {type ConfigChanges, type ConfigVars, difference, redacted} from '../akkeris/config-vars.js'

/**
 * The config vars of the add-on: these three and no others. Akkeris applies a PATCH key by key, so TWILIO_SID, which
 * says whose they are, goes last: where it is ours, the others were written too.
 */
export const varNames = ['TWILIO_AUTH_TOKEN', 'TWILIO_PHONE_NUMBER', 'TWILIO_SID'] as const

export type AddonVars = Readonly<Record<(typeof varNames)[number], string>>

/** Who owns the vars of an app-space is decided by TWILIO_SID alone: the token may be redacted, the number changed by hand. */
export function ownerOf(vars: ConfigVars): string | undefined {
  return vars.TWILIO_SID || undefined
}

export function present(vars: ConfigVars): string[] {
  return varNames.filter((name) => vars[name] !== undefined)
}

/** What still has to be written. A token that reads as redacted was written if our TWILIO_SID was (see `varNames`). */
export function missingVars(vars: ConfigVars, ours: AddonVars): ConfigChanges {
  const missing = difference(vars, ours)
  const written = vars.TWILIO_SID === ours.TWILIO_SID && vars.TWILIO_AUTH_TOKEN === redacted
  if (!written) return missing
  const {TWILIO_AUTH_TOKEN: known, ...rest} = missing
  return rest
}

/** The changes that remove the vars of our subaccount, as far as they are there; those of others stay. */
export function removals(vars: ConfigVars, ours: Partial<AddonVars>): ConfigChanges {
  const owner = ownerOf(vars)
  if (owner !== undefined && owner !== ours.TWILIO_SID) return {}
  // Without TWILIO_SID an interrupted PATCH may have left the others: ours are known by their values.
  const removable = varNames.filter(
    (name) => vars[name] !== undefined && (owner !== undefined || vars[name] === ours[name]),
  )
  return Object.fromEntries(removable.map((name) => [name, null]))
}

/**
 * The changes that put back what was there before `written`, where nobody changed it since; what could not be read before is
 * removed.
 */
export function restorations(before: ConfigVars, now: ConfigVars, written: AddonVars): ConfigChanges {
  const isOverwritten = (name: keyof AddonVars): boolean => {
    if (now[name] === redacted && before[name] === redacted) return now.TWILIO_SID === written.TWILIO_SID
    const isOurs = now[name] === written[name] || (now[name] === redacted && name === 'TWILIO_AUTH_TOKEN')
    return isOurs && now[name] !== before[name]
  }
  const overwritten = varNames.filter(isOverwritten)
  return Object.fromEntries(
    overwritten.map((name) => [name, before[name] === redacted ? null : (before[name] ?? null)]),
  )
}
