import {outsideSandbox} from '../command-line.js'
import {usage} from '../errors.js'

/** `app-space`, as Akkeris names apps: lower case, at least one dash, safe in a URL. */
const form = /^[a-z0-9]+(-[a-z0-9]+)+$/

export function isAppSpace(name: string): boolean {
  return form.test(name) && name.length <= 128
}

/** @throws {Failure} `usage`: names are checked before they become part of a URL. */
export function checkAppSpace(name: string): string {
  if (isAppSpace(name)) return name
  const better = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
  throw usage(
    'APP_SPACE_INVALID',
    `"${name}" is not the name of an app-space: that is the app's name, a dash and the space's, e.g. api-default.`,
    ...(form.test(better) && better !== name
      ? [`Did you mean ${better}?`]
      : outsideSandbox('Apps and their spaces: `aka apps`.')),
  )
}
