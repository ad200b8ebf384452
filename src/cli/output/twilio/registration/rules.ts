import type {Rules} from '../../../../lib/registration/policy.js'
import {minute} from '../../time.js'

/** Where it comes from what a registration is checked against. */
export function rulesInWords({source, readAt}: Pick<Rules, 'source' | 'readAt'>): string {
  if (source === 'built-in' || readAt === null)
    return 'the policy of Twilio that is built into this version (Twilio could not be asked)'
  return `Twilio's policy (${source === 'cache' ? `as it was read ${minute(readAt)}` : 'read now'})`
}
