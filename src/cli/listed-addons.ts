import {type AddonListDocument, addonListDocument, type ListedAddon, mergedLists} from '../lib/addon/document.js'
import {seeAll, type Seen} from '../lib/addon/see-all.js'
import {type Selection, selectsRecord, stateOf} from '../lib/addon/selection.js'
import {readSendings} from '../lib/addon/sendings.js'
import {Failure} from '../lib/errors.js'
import type {Session} from '../lib/session.js'
import type {TwilioAccount} from '../lib/twilio/connect.js'
import type {OfEachProfile} from './of-each-profile.js'
import {countProgress, progress} from './progress.js'

interface Listed {
  readonly list: AddonListDocument
  /** Keys of items that cannot be read. */
  readonly unknown: readonly string[]
  /** Of main accounts that could not be read. */
  readonly failures: readonly Failure[]
}

interface Asked {
  /** Whether US carriers deliver their SMS. */
  readonly sending: boolean
}

/** The add-ons that are selected, of all main accounts that are asked for. */
export async function listSelected(ofEach: OfEachProfile, selection: Selection, asked: Asked): Promise<Listed> {
  const unknown: string[] = []
  const {failures, ...found} = await ofEach(async (session) => {
    const {list, seen} = await listOne(session, selection, asked)
    unknown.push(...seen.unknown)
    return list
  })
  return {list: mergedLists(found), unknown, failures}
}

async function listOne(session: Session, selection: Selection, {sending}: Asked) {
  const registry = await session.registry()
  const seen = await seeAll(registry, akkerisOrNone(session), {isSelected: selectsRecord(selection)})
  const all = addonListDocument(registry, seen.addons)
  const selected = all.addons.filter((addon) => (selection.state ?? stateOf(addon)) === stateOf(addon))
  const addons = sending ? await withSending(registry.account, seen, selected) : selected
  return {list: {...all, addons}, seen}
}

async function withSending(
  main: TwilioAccount,
  {addons, accounts}: Seen,
  selected: readonly ListedAddon[],
): Promise<readonly ListedAddon[]> {
  const active = new Set(
    selected.filter(({accountStatus}) => accountStatus === 'active').map((each) => each.accountSid),
  )
  const records = addons.map(({record}) => record).filter(({accountSid = null}) => active.has(accountSid))
  const sendings = await progress('asking whether US carriers deliver their SMS', async () =>
    readSendings(main, {records, accounts}, countProgress),
  )
  return selected.map((addon) => ({...addon, sending: sendings.get(addon.accountSid ?? '') ?? null}))
}

/** The list needs no login to Akkeris. */
function akkerisOrNone(session: Session) {
  try {
    return session.akkeris()
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}
