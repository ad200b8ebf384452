import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {describe, expect, it} from '@jest/globals'
import {Ajv2020} from 'ajv/dist/2020.js'
import {fullFormats} from 'ajv-formats/dist/formats.js'

import {CONTROL_OPERATIONS} from '../../../src/sandbox/server/control.js'
import {sdk} from '../sdk.js'
import {addFleet} from '../sim-support.js'
import {NUMBER, PHONE} from '../webhooks/support.js'
import {post, servedSandboxes} from './support.js'

const serve = servedSandboxes()

interface Schema {
  readonly $ref?: string
  readonly required?: readonly string[]
}

interface Content {
  readonly content?: {readonly 'application/json': {readonly schema: Schema}}
}

interface Operation {
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Content>>
}

interface ControlDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const document = JSON.parse(
  readFileSync(join(process.cwd(), 'docs/sandbox-control.openapi.json'), 'utf8'),
) as ControlDocument
const ajv = new Ajv2020({strict: false, allErrors: true, formats: fullFormats})
ajv.addSchema({...document, $id: 'document'})

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method,
    path,
    operation,
  })),
)

/** What is wrong with a value by the schema at this place of the document. */
function problems(value: unknown, ...place: readonly string[]): string {
  const pointer = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')
  const validate = ajv.compile({$ref: `document#/paths/${pointer}/content/application~1json/schema`})
  return validate(value) ? '' : ajv.errorsText(validate.errors)
}

/** A served sandbox in which everything that the control API can be asked for is there. */
async function controlWorld() {
  const world = await serve()
  const client = sdk(world.sandbox, {username: world.accountSid, password: world.authToken})
  await client.incomingPhoneNumbers.create({phoneNumber: NUMBER})
  const fleet = await addFleet(client)
  const [sim] = await client.supersim.v1.sims.list({limit: 1})
  await client.supersim.v1.sims(sim?.sid ?? '').update({fleet: fleet.sid, status: 'active'})
  await world.sandbox.advanceClock(1)
  await world.get('/apps/api-default/config-vars')
  const bodies: Readonly<Record<string, object>> = {
    'POST /_sandbox/faults': {
      when: 'before',
      do: {status: 503, headers: {'retry-after': 1}},
      path: 'nowhere*',
      times: 2,
    },
    'POST /_sandbox/clock': {advance: 1},
    'POST /_sandbox/cards': {product: 'wireless'},
    'POST /_sandbox/from-sim': {sim: sim?.sid, payload: 'hello'},
    'POST /_sandbox/data': {sim: sim?.iccid, upload: 10, country: 'GB'},
    'POST /_sandbox/usage': {accountSid: world.accountSid, category: 'sms', usage: 3},
    'POST /_sandbox/inbound': {kind: 'call', to: NUMBER, from: PHONE, inputs: ['1'], wait: true},
    'POST /_sandbox/strict-us': {on: false},
    'POST /_sandbox/snapshot': {name: 'before'},
    'POST /_sandbox/restore': {name: 'before'},
    'POST /_sandbox/reset': {},
  }
  const call = async ({name, method, path}: {name: string; method: string; path: string}, body = bodies[name]) => {
    const answer = await world.get(path, body ? post(body) : {method: method.toUpperCase()})
    const text = await answer.text()
    return {status: answer.status, json: text === '' ? undefined : (JSON.parse(text) as unknown), body}
  }
  return {...world, call, client, sim}
}

describe('the OpenAPI document of the control API', () => {
  it('describes all of it, and nothing more', () => {
    expect(operations.map(({name}) => name).sort()).toEqual([...CONTROL_OPERATIONS].sort())
  })

  it('agrees with requests and answers', async () => {
    const {call} = await controlWorld()
    for (const operation of operations) {
      const {path, method, name} = operation
      const {status, json, body} = await call(operation)
      expect([name, Object.keys(operation.operation.responses).includes(String(status)), status < 300]).toEqual([
        name,
        true,
        true,
      ])
      if (body) expect([name, problems(body, path, method, 'requestBody')]).toEqual([name, ''])
      if (json !== undefined)
        expect([name, problems(json, path, method, 'responses', String(status))]).toEqual([name, ''])
    }
  })

  it('says what is needed, and without it a request is refused', async () => {
    const {call} = await controlWorld()
    const needs = operations.map((operation) => {
      const schema = operation.operation.requestBody?.content?.['application/json'].schema
      return {operation, required: schema?.$ref === undefined ? (schema?.required ?? []) : ['when', 'do']}
    })
    for (const {operation, required} of needs) {
      for (const field of required) {
        const {body = {}} = {body: (await call(operation)).body}
        const less = Object.fromEntries(Object.entries(body).filter(([name]) => name !== field))
        const {status, json} = await call(operation, less)
        expect([operation.name, field, status]).toEqual([operation.name, field, 400])
        expect(problems(json, operation.path, operation.method, 'responses', '400')).toBe('')
        expect(problems(less, operation.path, operation.method, 'requestBody')).not.toBe('')
      }
    }
  })
})

it('a field that it does not know is refused, rather than ignored', async () => {
  const {call} = await controlWorld()
  for (const operation of operations.filter(({method}) => method === 'post')) {
    const {name, path, method} = operation
    const {body} = await call(operation)
    const {status, json} = await call(operation, {...body, mistyped: 1})
    expect([name, status, json]).toMatchObject([name, 400, {message: expect.stringContaining('"mistyped"')}])
    expect(problems({...body, mistyped: 1}, path, method, 'requestBody')).not.toBe('')
  }
})

describe('snapshots', () => {
  it('bring everything back as it was, with the clock, and a reset makes it new', async () => {
    const {get, client, sandbox, accountSid, call} = await controlWorld()
    const numbers = async () => (await client.incomingPhoneNumbers.list()).length
    const time = async () => Date.parse((await get('/account')).headers.get('date') ?? '')
    const restore = (name: string) => get('/_sandbox/restore', post({name}))
    await call({name: '', method: 'post', path: '/_sandbox/snapshot'}, {name: 'one'})
    await client.incomingPhoneNumbers.create({areaCode: '415'})
    await sandbox.advanceClock(86_400)
    expect(await numbers()).toBe(2)
    expect((await restore('one')).status).toBe(204)
    expect([await numbers(), (await time()) < Date.now() + 60_000]).toEqual([1, true])
    expect((await restore('another')).status).toBe(400)
    expect((await get('/_sandbox/restore', {method: 'POST', body: '{"name": "one"}'})).status).toBe(415)
    sandbox.faults.add({when: 'before', do: {status: 503}})
    await get('/_sandbox/reset', post({}))
    expect(sandbox.requests).toEqual([])
    expect([await numbers(), (await sandbox.credentials()).accountSid]).toEqual([0, accountSid])
    expect(sandbox.requests).toMatchObject([{status: 200}])
  })

  it('have names that are checked, and twenty of them are kept', async () => {
    const {get} = await serve()
    const take = async (body: unknown) => (await get('/_sandbox/snapshot', post(body))).status
    for (const wrong of ['', 'a/b', 'x'.repeat(65), 7]) expect(await take({name: wrong})).toBe(400)
    expect(await take({})).toBe(201)
    for (let each = 1; each < 20; each += 1) expect(await take({name: String(each)})).toBe(201)
    expect([await take({name: '20'}), await take({name: '19'})]).toEqual([400, 201])
  })
})
