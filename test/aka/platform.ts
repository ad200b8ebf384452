import {createServer, type IncomingMessage} from 'node:http'
import type {AddressInfo} from 'node:net'

import type {HttpRequest} from '../../src/lib/transport/types.js'
import {findAddon} from '../../src/sandbox/akkeris/addons.js'
import {getApp, getAppToChange} from '../../src/sandbox/akkeris/apps.js'
import {SANDBOX_AKKERIS_HOST} from '../../src/sandbox/sandbox.js'
import type {PlatformAddon} from '../../src/sandbox/state/types/akkeris.js'
import type {World} from '../support/cli.js'

interface PlatformRequest {
  readonly method: string
  readonly path: string
  readonly authorization: string | undefined
  readonly body: string
}

/** The Apps API with what only the core of `aka` calls, in front of the sandbox, which answers the rest. */
export interface Platform {
  readonly url: string
  /** What it answered itself, oldest first. */
  readonly requests: readonly PlatformRequest[]
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

export async function startPlatform(world: World): Promise<Platform> {
  const requests: PlatformRequest[] = []
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const {method = 'GET', url = '/', headers} = incoming
      const request = {method, path: url, authorization: headers.authorization, body: await bodyOf(incoming)}
      const own = await answer(world, request)
      if (own) requests.push(request)
      const {status, body} = own ?? (await forward(world, request))
      outgoing.writeHead(status, {'content-type': 'application/json'})
      outgoing.end(typeof body === 'string' ? body : JSON.stringify(body))
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

/** Named after its service, unless the test says otherwise; Akkeris itself adds a word and a number. */
export function platformAddon(plan: string, more: Partial<PlatformAddon> = {}): PlatformAddon {
  return {name: plan.split(':')[0] ?? '', plan, configVars: {}, ...more}
}

/** Gives an app a platform add-on with its config vars; of its own Twilio add-on Akkeris takes these for the user's. */
export function giveAddon({sandbox}: World, appSpace: string, addon: PlatformAddon): Promise<void> {
  return sandbox.change((state) => {
    const app = getAppToChange(state, appSpace)
    app.addons.push(addon)
    Object.assign(addon.plan.startsWith('twilio:') ? app.configVars : app.addonVars, addon.configVars)
  })
}

export function addonsOf({sandbox}: World, appSpace: string): Promise<PlatformAddon[]> {
  return sandbox.read((state) => structuredClone(getApp(state, appSpace).addons))
}

const services = [{id: 'id-of-redis', name: 'redis', description: 'Keeps things in memory.'}]
const plans = ['redis:small', 'redis:large'].map((name) => ({
  id: `id-of-${name}`,
  name,
  description: `${name} keeps things in memory.`,
  price: {cents: 1500, unit: 'month'},
}))

/** Undefined for what the sandbox answers. */
async function answer(world: World, {method, path, authorization, body}: PlatformRequest): Promise<Answer | undefined> {
  if (!authorization) return {status: 401, body: 'Unauthorized'}
  const of = (found: unknown): Answer => (found ? {status: 200, body: found} : {status: 404, body: 'Not found.'})
  if (path === '/apps') return of([{name: 'core-dev'}, {name: 'other-dev'}])
  if (path === '/addon-services') return of(services)
  const [, service, plan] = /^\/addon-services\/([^/]+)\/plans(?:\/([^/]+))?$/.exec(path) ?? []
  if (service !== undefined) {
    if (service !== 'redis') return of(undefined)
    return of(plan === undefined ? plans : plans.find(({name}) => name === plan))
  }

  const [, appSpace = '', name] = /^\/apps\/([^/]+)\/addons(?:\/([^/]+))?$/.exec(path) ?? []
  if (appSpace === '' || method === 'GET') return undefined
  if (await world.sandbox.read((state) => getApp(state, appSpace).deleted)) return of(undefined)
  const given = (body === '' ? {} : JSON.parse(body)) as {plan?: string; name?: string}
  return world.sandbox.change((state) => {
    const app = getAppToChange(state, appSpace)
    const shown = (addon: PlatformAddon) => findAddon(state, {name: appSpace, app}, addon.name)
    if (name === undefined) {
      const addon = platformAddon(given.plan ?? '', given.name === undefined ? {} : {name: given.name})
      app.addons.push(addon)
      return {status: 201, body: shown(addon)}
    }
    const addon = app.addons.find((each) => each.name === name)
    if (!addon) return of(undefined)
    if (method === 'PATCH') addon.plan = given.plan ?? addon.plan
    const body = shown(addon)
    if (method === 'DELETE') app.addons.splice(app.addons.indexOf(addon), 1)
    return of(body)
  })
}

async function forward({sandbox}: World, {method, path, authorization, body}: PlatformRequest): Promise<Answer> {
  return sandbox.send({
    method: method as HttpRequest['method'],
    url: `https://${SANDBOX_AKKERIS_HOST}${path}`,
    headers: {'content-type': 'application/json', ...(authorization && {authorization})},
    ...(body !== '' && {body}),
  })
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  let text = ''
  incoming.setEncoding('utf8')
  for await (const chunk of incoming as AsyncIterable<string>) text += chunk
  return text
}
