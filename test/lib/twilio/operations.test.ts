import {readFileSync} from 'node:fs'

import {describe, expect, it} from '@jest/globals'

import type {Kind, Shape} from '../../../src/lib/shape.js'
import {answerProblem, operationAt} from '../../../src/lib/twilio/check-answer.js'
import {type ApiDocument, readDocument} from '../../support/openapi.js'
import type {OpenApiSchema} from '../../support/openapi-schema.js'

const products = {
  api: 'api_v2010',
  accounts: 'accounts_v1',
  numbers: 'numbers_v2',
  pricing: 'pricing_v1',
  sync: 'sync_v1',
  supersim: 'supersim_v1',
  wireless: 'wireless_v1',
}

interface Documented {
  readonly product: string
  readonly path: string
  readonly method: string
  readonly operationId: string
  readonly document: ApiDocument
}

/** What a path of a document may be, for a person who calls it. */
function example(path: string): string {
  const prefixes: Readonly<Record<string, string>> = {
    Accounts: 'AC',
    IncomingPhoneNumbers: 'PN',
    Calls: 'CA',
    Addresses: 'AD',
    Triggers: 'UT',
    Bundles: 'BU',
    SmsCommands: 'HC',
    IpCommands: 'HG',
    Commands: 'DC',
  }
  return path
    .replaceAll('{ServiceSid}', 'default')
    .replace(/^(\/v1\/Services\/)\{Sid\}$/, '$1default')
    .replaceAll(/(\w+)\/\{\w+\}/g, (_, parent: string) => {
      const prefix = prefixes[parent]
      return `${parent}/${prefix === undefined ? 'x' : `${prefix}${'a'.repeat(32)}`}`
    })
}

const documented: readonly Documented[] = Object.entries(products).flatMap(([product, name]) => {
  const document = readDocument(name)
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      operation ? [{product, path, method: method.toUpperCase(), operationId: operation.operationId, document}] : [],
    ),
  )
})

const used = documented.flatMap((each) => {
  const url = new URL(`https://${each.product}.twilio.com${example(each.path)}`)
  const operation = operationAt(url)
  return operation && each.method !== 'DELETE' ? [{...each, operation}] : []
})

function schemaOf({document, path, method}: Documented): OpenApiSchema {
  const {responses = {}} = document.paths[path]?.[method.toLowerCase()] ?? {}
  const [status = ''] = Object.keys(responses).filter((each) => each.startsWith('2'))
  return resolve(document, responses[status]?.content?.['application/json']?.schema)
}

function resolve({components}: ApiDocument, schema: OpenApiSchema = {}): OpenApiSchema {
  return schema.$ref === undefined ? schema : (components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {})
}

/** Twilio's documents call amounts numbers or texts; what they say of a date is its format. */
const types: Readonly<Record<Kind, readonly (string | undefined)[]>> = {
  sid: ['string'],
  text: ['string', undefined],
  string: ['string', undefined],
  'string?': ['string', undefined],
  amount: ['string', 'integer', 'number'],
  'amount?': ['string', 'integer', 'number'],
  date: ['string'],
  'date?': ['string'],
  object: ['object', undefined],
  'object?': ['object', undefined],
}

function undocumented(document: ApiDocument, shape: Shape, schema: OpenApiSchema): string[] {
  return Object.entries(shape).flatMap(([field, kind]) => {
    const property = schema.properties?.[field]
    if (!property) return [`${field} is not documented`]
    const found = resolve(document, property)
    if (typeof kind !== 'string') {
      const [item = {}] = kind as readonly Shape[]
      return undocumented(document, item, resolve(document, found.items))
    }
    return types[kind].includes(found.type) ? [] : [`${field} is a ${found.type ?? 'thing'}, not ${kind}`]
  })
}

describe('an operation that is used', () => {
  it('is one that Twilio documents', () => {
    expect(used.length).toBeGreaterThan(50)
    expect(new Set(used.map(({product}) => product))).toEqual(new Set(Object.keys(products)))
  })

  it.each(used.map((each) => [each.operationId, each] as const))('reads what Twilio documents: %s', (_, each) => {
    const {document, method, operation} = each
    const schema = schemaOf(each)
    const isList = method === 'GET' && operation.list !== undefined
    const read = isList ? resolve(document, schema.properties?.[operation.list ?? '']?.items) : schema
    expect(undocumented(document, operation.shape, read)).toEqual([])
  })

  interface Example {
    readonly operationId: string
    readonly title: string
    readonly status: number
    readonly answer?: unknown
  }
  const examples = JSON.parse(
    readFileSync(new URL('../../support/openapi/examples.json', import.meta.url), 'utf8'),
  ) as Record<string, Example[]>
  const shown = Object.entries(products).flatMap(([product, name]) =>
    (examples[name] ?? []).flatMap(({operationId, title, status, answer}) => {
      const each = used.find((one) => one.product === product && one.operationId === operationId)
      return each && status < 300 && answer !== undefined ? [[`${operationId} (${title})`, each, answer] as const] : []
    }),
  )

  it.each(shown)('can read Twilio’s own example: %s', (_, {operation, method}, answer) => {
    // The examples are not about what was asked for.
    expect(answerProblem({...operation, isNamed: false}, method, answer, () => true)).toBeUndefined()
  })
})
