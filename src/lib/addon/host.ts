import {ourCommand} from '../command-line.js'
import {conflict} from '../errors.js'
import type {AddonContext} from './context.js'
import type {AddonRecord} from './record.js'

/** A name that another installation is not likely to have. */
function registryFor(host: string): string {
  return `aka-twilio-${host.replaceAll(/[^a-z0-9]+/gi, '-')}`
}

/** @throws {Failure} `conflict` for an item of another Akkeris: two app-spaces of one name. */
export function requireSameHost(
  {appSpace, host}: AddonRecord,
  {registry, akkeris}: Pick<AddonContext, 'registry' | 'akkeris'>,
): void {
  if (host === akkeris.host) return
  throw conflict(
    'HOST_MISMATCH',
    `The registry "${registry.name}" knows ${appSpace} from another Akkeris (${host}); this one is ${akkeris.host}.`,
    `Give this installation a registry of its own: ${ourCommand(`twilio:settings set registry ${registryFor(akkeris.host)}`)}`,
    `Or set AKKERIS_API_HOST=${host} if that one was meant.`,
  )
}
