import {getApp} from '../../../src/sandbox/akkeris/apps.js'
import {dynosOf} from '../../../src/sandbox/akkeris/dynos.js'
import {SANDBOX_AKKERIS_HOST} from '../../../src/sandbox/sandbox.js'
import {newSandbox} from '../support.js'

/** Akkeris of a new sandbox. */
export function akkeris(authorization = 'Bearer token') {
  const sandbox = newSandbox()
  const call = async (method: 'GET' | 'PATCH', path: string, vars?: Record<string, string | null>) => {
    const {status, body, headers} = await sandbox.send({
      method,
      url: `https://${SANDBOX_AKKERIS_HOST}${path}`,
      headers: {'content-type': 'application/json', ...(authorization !== '' && {authorization})},
      ...(vars && {body: JSON.stringify(vars)}),
    })
    return {status, text: body, type: headers['content-type'], json: (): unknown => JSON.parse(body)}
  }
  const vars = async (app = 'api-default') => (await call('GET', `/apps/${app}/config-vars`)).json()
  return {sandbox, call, vars}
}

export interface Dyno {
  id: string
  state: string
  ready: boolean
  created_at: string
  release: {id: string | null; version: number | null}
}

/** One app at a sandbox whose clock stands still until it is advanced. */
export function appWorld(name = 'api-default') {
  const sandbox = newSandbox({now: () => Date.parse('2026-03-01T12:00:00Z')})
  const get = async <T>(path: string): Promise<T> => {
    const url = `https://${SANDBOX_AKKERIS_HOST}/apps/${name}${path}`
    const {status, body} = await sandbox.send({method: 'GET', url, headers: {authorization: 'Bearer token'}})
    return status === 200 ? (JSON.parse(body) as T) : (status as T)
  }
  const dynos = () => get<Dyno[]>('/dynos')
  return {
    sandbox,
    get,
    dynos,
    set: (vars: Record<string, string>) =>
      sandbox.send({
        method: 'PATCH',
        url: `https://${SANDBOX_AKKERIS_HOST}/apps/${name}/config-vars`,
        headers: {authorization: 'Bearer token'},
        body: JSON.stringify(vars),
      }),
    pass: (ms: number) => sandbox.advanceClock(ms / 1000),
    states: async () => (await dynos()).map(({state}) => state).sort(),
    /** What dynos that can be reached have in their environment. */
    environments: () =>
      sandbox.change((state, now) =>
        dynosOf(state, {name, app: getApp(state, name)}, now)
          .filter((dyno) => dyno.state === 'running')
          .map(({vars}) => vars),
      ),
  }
}
