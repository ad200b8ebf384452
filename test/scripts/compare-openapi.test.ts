import {spawnSync} from 'node:child_process'
import {cp, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {differences} from '../../scripts/openapi-differences.mjs'

/** A document with two operations; `message` is what one of them answers. */
function document({form = {}, required = ['To'], message = {}, ...rest}: Record<string, object | string[]> = {}) {
  const created = {content: {'application/json': {schema: {$ref: '#/components/schemas/message'}}}}
  const content = {'application/x-www-form-urlencoded': {schema: {type: 'object', properties: form, required}}}
  return {
    paths: {
      '/Messages': {
        get: {operationId: 'List', parameters: [{name: 'To', in: 'query', schema: {type: 'string'}}], responses: {}},
        post: {operationId: 'Create', requestBody: {content}, responses: {201: created}, ...rest},
      },
    },
    components: {schemas: {message: {type: 'object', properties: message}}},
  }
}

const text = {type: 'string'}

describe('a newer document', () => {
  const base = {form: {To: text, Body: text}, message: {sid: text, status: {type: 'string', enum: ['queued', 'sent']}}}
  const changes = (newer: Parameters<typeof document>[0]) =>
    differences(document(base), document({...base, ...newer}), () => true).changed.flatMap((each) => each.changes)

  it('that says the same has no differences', () => {
    expect(differences(document(base), document(base), () => true)).toEqual({changed: [], gone: [], added: []})
  })

  it.each([
    ['a new field of a form', {form: {...base.form, Intent: text}}, 'new: form field Intent (string)'],
    ['one that is gone', {form: {To: text}}, 'gone: form field Body'],
    ['another type', {form: {...base.form, Body: {type: 'integer'}}}, 'form field Body: string, now integer'],
    ['what is required now', {required: ['To', 'Body']}, 'form field Body: string, now string, required'],
    ['what is no longer', {required: []}, 'form field To: string, required, now string'],
    [
      'another list of values, deep in an answer',
      {message: {...base.message, status: {type: 'string', enum: ['queued', 'read']}}},
      'answer 201 field status: also read; no longer sent',
    ],
    ['another answer', {responses: {}}, 'gone: answer 201'],
  ])('that has %s is reported with what it is', (_, newer, expected) => {
    expect(changes(newer)).toContain(expected)
  })

  it('is about what is used: of the rest only new operations are reported', () => {
    const newer = document({form: {}})
    const only = {paths: {...newer.paths, '/Drafts': {get: {operationId: 'ListDrafts', responses: {}}}}}
    expect(differences(document(base), {...newer, ...only}, (key) => key === 'GET /Messages')).toEqual({
      changed: [],
      gone: [],
      added: [expect.objectContaining({method: 'GET', path: '/Drafts'})],
    })
    const none = {...newer, paths: {}}
    expect(differences(document(base), none, (key) => key === 'GET /Messages').gone).toMatchObject([{method: 'GET'}])
  })

  it('may contain itself', () => {
    const schemas = {message: {type: 'object', properties: {reply: {$ref: '#/components/schemas/message'}, sid: text}}}
    const own = {...document(base), components: {schemas}}
    expect(differences(own, own, () => true).changed).toEqual([])
  })
})

describe('the script', () => {
  const KEPT = join(process.cwd(), 'test/support/openapi')
  let folder: string
  const file = (name: string) => join(folder, 'spec/json', `twilio_${name}.json`)
  const compare = () => {
    const {status, stdout} = spawnSync('node', ['scripts/compare-openapi.mjs', folder], {encoding: 'utf8'})
    return {status, stdout}
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'newer-'))
    await writeFile(join(folder, 'CHANGES.md'), '[2030-01-01] Version 9.9.9\n')
    for (const name of (await readdir(KEPT)).filter((each) => /_v\d+\.json$/.test(each) && !each.startsWith('kore_')))
      await cp(join(KEPT, name), join(folder, 'spec/json', `twilio_${name}`))
  })
  afterAll(() => rm(folder, {recursive: true}))

  it('passes where nothing changes of what the sandbox has, and else says what, and fails', async () => {
    expect(compare()).toMatchObject({status: 0, stdout: expect.stringMatching(/now twilio-oai 9\.9\.9 of 2030-01-01/)})
    const document = await readFile(file('accounts_v1'), 'utf8')
    await writeFile(file('accounts_v1'), document.replaceAll('SuppressEmailNotification', 'Quietly'))
    await rm(file('sync_v1'))
    const {status, stdout} = compare()
    expect(status).toBe(1)
    expect(stdout).toContain('changed: POST /v1/AuthTokens/Promote\n    gone: form field SuppressEmailNotification')
    expect(stdout).toContain('    new: query parameter Quietly (boolean)')
    expect(stdout).toContain('sync_v1: not in')
  })
})
