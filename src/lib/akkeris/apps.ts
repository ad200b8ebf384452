import type {Akkeris} from './connect.js'
import {request} from './request.js'

/** The names of the apps that the login may see, sorted (https://docs.akkeris.io/architecture/apps-controller-api). */
export async function listAppSpaces(akkeris: Akkeris): Promise<readonly string[]> {
  const answer = {list: {name: 'text'}} as const
  const apps = await request<{readonly name: string}[]>(akkeris, {method: 'GET', path: '/apps', answer})
  return apps.map(({name}) => name).sort()
}
