import {describe, expect, it} from '@jest/globals'

import type {AddonRecord} from '../../../src/lib/addon/record.js'
import {recordProblem} from '../../../src/lib/addon/record-problem.js'
import {addonRecord, APP} from '../../support/in-process-addon.js'

const SID = (prefix: string) => `${prefix}${'1'.repeat(32)}`
const number = {sid: SID('PN'), e164: '+18015550100', transferred: false}
const made = addonRecord().intent
const change = {
  operation: 'change-number',
  made,
  old: number,
  keepOld: false,
  source: {from: 'Twilio', candidates: ['+18015550101']},
}
const moved = {...change, source: {from: 'main account', number, webhooks: {}}, number}
const changing = {state: 'changing', intent: change}

const problem = (changes: object, key = APP) => recordProblem({...addonRecord(), ...changes}, key)

describe('the record of an add-on can be read', () => {
  it.each<[string, object]>([
    ['as it is written', {}],
    ['without what is written later', {state: 'provisioning', accountSid: undefined, phoneNumber: undefined}],
    ['while its number changes', changing],
    ['while its number is moved from the main account', {state: 'changing', intent: moved}],
    ['while its token is rotated', {state: 'changing', rotation: {stage: 'making', before: 'hash'}}],
    ['after a rotation', {rotation: null, rotatedAt: '2026-03-01T12:00:00.000Z'}],
    ['while it is destroyed', {state: 'destroying', intent: {operation: 'destroy', keepNumber: true}}],
    [
      'with all else that it may have',
      {
        earlierPlans: [{plan: 'large', until: '2026-03-01T12:00:00.000Z'}],
        reservations: [{order: 'ord-a', quantity: 2}],
        unreleased: [number],
        simCarrier: 'kore',
        registration: {agreed: true},
        labels: {team: 'payments'},
        tried: ['+18015550102'],
        lease: {holder: 'a', seconds: 60},
      },
    ],
  ])('%s', (_, changes) => expect(problem(changes)).toBeUndefined())
})

describe('the record of an add-on that somebody edited says what is wrong', () => {
  const without = (field: keyof AddonRecord) => ({[field]: undefined})

  it.each<[string, object]>([
    ['its version is another', {v: 2}],
    ['nonce is missing', without('nonce')],
    ['lease: seconds is missing', {lease: {holder: 'a'}}],
    ['host is missing', without('host')],
    ['createdAt is a string that it cannot be', {createdAt: 'soon'}],
    ['intent is missing', without('intent')],
    ['phoneNumber: sid is a string that it cannot be', {phoneNumber: {...number, sid: `${number.sid}/..`}}],
    ['phoneNumber is null', {phoneNumber: null}],
    ['registration is null', {registration: null}],
    ['unreleased: e164 is missing', {unreleased: [{sid: number.sid}]}],
    ['rotation: stage is missing', {rotation: {}}],
    ['earlierPlans: until is missing', {earlierPlans: [{plan: 'small'}]}],
    ['reservations: order is missing', {reservations: [{quantity: 1}]}],
    ['reservations is not a list', without('reservations')],
    ['tried is not a list', {tried: {}}],
    ['accountSid is no SID', {accountSid: 'AC1'}],
    ['accountSid is no SID', {accountSid: `${SID('AC')}?x`}],
    ['its plan is unknown', {plan: 'gigantic'}],
    ['its plan is unknown', {plan: 'toString'}],
    ['its plan is unknown', {earlierPlans: [{plan: 'tiny', until: '2026-03-01T12:00:00.000Z'}]}],
    ['simCarrier is unknown', {simCarrier: ''}],
    ['its state is unknown', {state: 'sleeping'}],
    ['its intent is not that of an add-on that is ready', {intent: change}],
    [
      'its intent is not that of an add-on that is provisioning',
      {state: 'provisioning', intent: {operation: 'destroy'}},
    ],
    ['its intent is incomplete', {...changing, intent: {...change, made: undefined}}],
    ['its intent is incomplete', {...changing, intent: {...change, old: undefined}}],
    ['its intent is incomplete', {...changing, intent: {...change, source: undefined}}],
    ['old: sid is missing', {...changing, intent: {...change, old: {e164: '+1'}}}],
    ['source.candidates is not a list', {...changing, intent: {...change, source: {from: 'Twilio'}}}],
    ['source.number is missing', {...changing, intent: {...moved, source: {...moved.source, number: undefined}}}],
    ['webhooks is missing', {...changing, intent: {...moved, source: {...moved.source, webhooks: undefined}}}],
  ])('%s: %j', (said, changes) => expect(problem(changes)).toBe(said))

  it('also where it is about another app-space', () => expect(problem({}, 'web-dev')).toBe('it is about api-default'))

  it('also where it is none', () => expect(recordProblem(null, APP)).toBe('its version is another'))
})
