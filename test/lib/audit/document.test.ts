import {expect, it} from '@jest/globals'

import {auditDocument, hasProblems} from '../../../src/lib/audit/document.js'
import {finding} from '../../../src/lib/audit/finding.js'
import type {ReadProfiles} from '../../../src/lib/per-profile.js'

type Read = NonNullable<ReadProfiles['profiles']>[number]

const detail = 'It is so.'
const [note, problem] = [finding('no-alerts', {detail}), finding('unfinished', {detail})]
const fixed = {...problem, fixed: true}
const notFixed = {...problem, fixed: false, notFixed: 'Somebody may use it.'}

it('a problem is left where one was not fixed; notes are none', () => {
  expect([[], [note], [fixed], [note, problem], [fixed, notFixed]].map(hasProblems)).toEqual([
    false,
    false,
    false,
    true,
    true,
  ])
})

it('all is clean where everything was checked and no problem is left', () => {
  const read = {profile: 'acme', mainAccountSid: 'AC1', error: null} as unknown as Read
  const unread = {...read, error: {code: 'CREDENTIALS_REFUSED'}} as unknown as Read
  expect(auditDocument([note], 3)).toEqual({findings: [note], addons: 3, clean: true})
  expect(auditDocument([problem], 3)).toMatchObject({clean: false})
  expect(auditDocument([], 3, {profiles: [read]})).toMatchObject({clean: true, profiles: [read]})
  expect(auditDocument([], 3, {profiles: [read, unread]})).toMatchObject({clean: false})
})
