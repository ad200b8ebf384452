/** `api-dev-eu` is the app `api` in the space `dev-eu`: names of apps have no dashes. */
export function spaceOf(appSpace: string): string {
  return appSpace.slice(appSpace.indexOf('-') + 1)
}
