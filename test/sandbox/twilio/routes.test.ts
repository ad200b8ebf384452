import {describe, expect, it} from '@jest/globals'

import {createRouter} from '../../../src/sandbox/http/router.js'
import * as routes from '../../../src/sandbox/twilio/routes.js'
import {readDocument} from '../../support/openapi.js'

const all = Object.values(routes).flat()
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
