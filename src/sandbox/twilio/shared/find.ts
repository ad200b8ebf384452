import {type Context, pathParameter} from '../../http/context.js'
import {notFound} from '../../http/errors.js'

interface Named {
  readonly sid: string
  /** Not every kind of resource has one. */
  readonly uniqueName?: string | null
}

interface Owned extends Named {
  readonly accountSid: string
}

/** The resources of an account, newest first. */
export function ownedBy<T extends Owned>(accountSid: string, all: readonly T[]): T[] {
  return all.filter((each) => each.accountSid === accountSid).reverse()
}

export function ownedByCaller<T extends Owned>({caller}: Context, all: readonly T[]): T[] {
  return ownedBy(caller.account.sid, all)
}

export function findBySidOrName<T extends Named>(all: readonly T[], name: string): T | undefined {
  return all.find(({sid, uniqueName}) => sid === name || uniqueName === name)
}

/** The one of `visible` that the path names, by SID or unique name. */
export function findInPath<T extends Named>(context: Context, visible: readonly T[], parameter: string): T {
  const found = findBySidOrName(visible, pathParameter(context, parameter))
  if (!found) throw notFound(context.path)
  return found
}
