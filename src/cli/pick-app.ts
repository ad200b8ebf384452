import {checkAppSpace} from '../lib/akkeris/app-space.js'
import {listAppSpaces} from '../lib/akkeris/apps.js'
import type {Akkeris} from '../lib/akkeris/connect.js'
import {Failure} from '../lib/errors.js'
import {askSearch, canAsk} from './prompts.js'

/**
 * Where nothing names an app-space, a person on a terminal chooses one, as with aka's own commands.
 * @throws {Failure} the one that there was, where nobody can choose, or there is nothing to choose from.
 */
export async function pickApp(missing: Failure, open: () => Promise<Akkeris>): Promise<string> {
  if (!canAsk()) throw missing
  const names = await listAppSpaces(await open()).catch((error: unknown) => {
    if (error instanceof Failure && error.outcome !== 'interrupted') return []
    throw error
  })
  if (names.length === 0) throw missing
  const choices = names.map((name) => ({name, value: name}))
  return checkAppSpace(await askSearch('Which app-space?', choices, {flag: '-a APP-SPACE'}))
}
