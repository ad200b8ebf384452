import {describe, expect, it} from '@jest/globals'

import type {Context} from '../../../src/sandbox/http/context.js'
import {NotEmulated, notEmulated} from '../../../src/sandbox/http/errors.js'
import {createRouter} from '../../../src/sandbox/http/router.js'
import * as routes from '../../../src/sandbox/twilio/routes.js'
import {readDocument} from '../../support/openapi.js'

const all = Object.values(routes).flat()
const emulated = all.filter(({handle}) => handle !== notEmulated)
const named = all.map((route) => [`${route.method} ${route.product} ${route.path}`, route] as const)

/** The documented operations of a product and version: method and path, whatever its parameters are called. */
function documented(product: string, version: string): Set<string> {
  const {paths} = readDocument(`${product}_${version === '2010-04-01' ? 'v2010' : version}`)
  return new Set(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${unnamed(path)}`),
    ),
  )
}

describe('an operation of Twilio’s that the sandbox does not have', () => {
  const ours = new Set(emulated.map(({product, method, path}) => `${product} ${method} ${unnamed(path)}`))
  const products = [...new Set(all.map(({product, path}) => `${product} ${path.split('/')[1] ?? ''}`))]
  const others = products.flatMap((each) => {
    const [product = '', version = ''] = each.split(' ')
    return [...documented(product, version)]
      .map((operation) => `${product} ${operation}`)
      .filter((operation) => !ours.has(operation) && !ours.has(anyType(operation)))
  })
  /** A type of number that the sandbox does not sell is one that a country does not have. */
  function anyType(operation: string): string {
    return operation.replace(/(AvailablePhoneNumbers\/\{\}\/)\w+/, '$1{}')
  }

  it('is said in our words', () => {
    const route = createRouter(all)
    expect(others.length).toBeGreaterThan(300)
    const answered = others.filter((operation) => {
      const [product = '', method = '', path = ''] = operation.split(' ')
      try {
        const at = path.replaceAll('{}', 'x')
        route({product, method, path: at}).handle({method, path: at} as Context)
        return true
      } catch (error) {
        return !(error instanceof NotEmulated)
      }
    })
    expect(answered).toEqual([])
  })
})

function unnamed(path: string): string {
  return path.replaceAll(/\{\w+\}/g, '{}')
}

describe('every operation', () => {
  it.each(named)('%s is one of Twilio’s', (_, {product, path, method}) => {
    const [, version = ''] = path.split('/')
    // Each type of available number has a document of its own.
    expect(documented(product, version)).toContain(`${method} ${unnamed(path.replace('{Type}', 'Local'))}`)
  })

  it.each(named)('%s answers requests for it, and no other operation does', (_, {product, path, method, handle}) => {
    const filled = path.replaceAll(/\{\w+\}/g, 'x')
    expect(createRouter(all)({product, method, path: filled}).handle).toBe(handle)
  })
})
