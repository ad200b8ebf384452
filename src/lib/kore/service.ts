import {createHash} from 'node:crypto'

import type {Examined, SimOwner, SimService} from '../carrier/service.js'
import {listAccountMappings} from './account-mappings.js'
import {fleetCarrier, messageDatesByFleet, simsWithFleets, stockCarrier} from './carrier.js'
import type {KoreAccount} from './connect.js'
import {KoreRefusal} from './errors.js'

/** All cards are in one account of KORE's: those of an add-on are in a fleet of its own. */
export function koreSims(account: KoreAccount, {source, country}: {source: string; country: string}): SimService {
  const options = {country, stockFleet: 'aka-twilio-stock'}
  return {
    name: 'kore',
    login: {clientId: account.clientId, source},
    country,
    carrierOf: (owner) => fleetCarrier(account, fleetName(owner), options),
    stock: () => stockCarrier(account, options),
    messageDatesByOwner: (since) => messageDatesByFleet(account, since),
    async listShared() {
      const sims = await simsWithFleets(account)
      return sims.map((each) => ({...each, isAddons: addonFleet.test(each.fleet ?? '')}))
    },
    examine: (mainAccountSid) => examine(account, {source, mainAccountSid}),
  }
}

const addonFleet = /-aka-twilio-[0-9a-f]{16}$/

/**
 * Readable, and a hash that tells installations, registries and add-ons apart: a later add-on of the same app-space has nothing to
 * do with the SIMs of this one. At most 64 characters.
 */
function fleetName({registry, host, appSpace, account}: SimOwner): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([registry, host, appSpace, account.sid]))
    .digest('hex')
    .slice(0, 16)
  return `${appSpace.slice(0, 36)}-aka-twilio-${hash}`
}

async function examine(
  account: KoreAccount,
  {source, mainAccountSid}: {readonly source: string; readonly mainAccountSid: string},
): Promise<Examined> {
  await account.verify()
  const client = `KORE, API client ${account.clientId}, from ${source}`
  try {
    const mappings = await listAccountMappings(account)
    const named = mappings.map(
      ({koreAccount, twilioAccount}) => `account ${koreAccount}, linked to ${twilioAccount ?? 'no Twilio account'}`,
    )
    if (mappings.length === 0) return {detail: `${client}; not linked to a Twilio account`}
    if (mappings.some(({twilioAccount}) => twilioAccount === mainAccountSid))
      return {detail: `${client}; ${named.join(', ')}`}
    return {
      detail: `${client}; ${named.join(', ')}; not linked to the main account ${mainAccountSid}`,
      suggestion:
        'SIMs that the main account had at Twilio are in another KORE account: use an API client of that one, or ask KORE support.',
    }
  } catch (error) {
    if (!(error instanceof KoreRefusal)) throw error
    return {
      detail: `${client}; which Twilio account it is linked to could not be read: ${error.message}`,
      suggestion: 'Orders work without it. Ask KORE support whether the API client may read account mappings.',
    }
  }
}
