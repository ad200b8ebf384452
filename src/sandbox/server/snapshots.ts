import type {HttpResponse} from '../../lib/transport/types.js'
import {json, noContent} from '../http/respond.js'
import type {Sandbox, State} from '../sandbox.js'
import {replaceState} from '../state/replace.js'

type Fields = Readonly<Record<string, unknown>>
type Invalid = (message: string) => HttpResponse

const MOST = 20

/** States as they were, by name, as JSON. They last as long as the server. */
const snapshots = new WeakMap<Sandbox, Map<string, string>>()

export async function takeSnapshot(sandbox: Sandbox, fields: Fields, invalid: Invalid): Promise<HttpResponse> {
  const name = nameOf(fields)
  if (name === undefined) return invalid(NAME_RULE)
  const kept = snapshots.get(sandbox) ?? new Map<string, string>()
  if (kept.size >= MOST && !kept.has(name))
    return invalid(`at most ${MOST} snapshots are kept: take it under the name of one`)
  kept.set(name, await sandbox.read((state) => JSON.stringify(state)))
  snapshots.set(sandbox, kept)
  return json(201, {name})
}

export async function restoreSnapshot(sandbox: Sandbox, fields: Fields, invalid: Invalid): Promise<HttpResponse> {
  const name = nameOf(fields)
  if (name === undefined) return invalid(NAME_RULE)
  const text = snapshots.get(sandbox)?.get(name)
  if (text === undefined) return invalid(`"name" is one of a snapshot: there is no ${name}`)
  await sandbox.change((state) => replaceState(state, JSON.parse(text) as State))
  return noContent()
}

const NAME_RULE = '"name" has 1 to 64 letters, digits, dots, dashes and underscores'

function nameOf({name = 'snapshot'}: Fields): string | undefined {
  return typeof name === 'string' && /^[\w.-]{1,64}$/.test(name) ? name : undefined
}
