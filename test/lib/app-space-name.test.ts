import {expect, it} from '@jest/globals'

import {spaceOf} from '../../src/lib/app-space-name.js'

it.each([
  ['api-default', 'default'],
  ['api-dev-eu', 'dev-eu'],
])('the space of %s is %s: names of apps have no dashes', (appSpace, space) => {
  expect(spaceOf(appSpace)).toBe(space)
})
