import {expect, it} from '@jest/globals'

import {parseRefusal} from '../../../src/lib/transport/refusal.js'

it.each([
  ['a code and a sentence', '{"code": 20404, "message": "Not found"}', {code: 20404, message: 'Not found'}],
  ['a code as text', '{"code": "20404"}', {code: 20404}],
  ['a code that is none', '{"code": "NOT_FOUND", "message": "No"}', {message: 'No'}],
  ['no code', '{"code": null, "message": "No"}', {message: 'No'}],
  ['a sentence that is none', '{"code": 1, "message": {"text": "No"}}', {code: 1}],
  ['something else', '[]', {}],
  ['null', 'null', {}],
  ['a page for people', '<html>Bad gateway</html>', {}],
  ['nothing', '', {}],
])('of a refusal with %s is read what can be read', (_, body, expected) => {
  expect(parseRefusal(body)).toEqual(expected)
})
