import {carriers} from '../carrier/service.js'
import {itemProblem, itemShape} from '../registry/items.js'
import {isObject, isSid, problemOf, type Shape} from '../shape.js'
import {plans} from './plans.js'
import type {AddonRecord, ChangeNumberIntent} from './record.js'

const number = {sid: 'sid', e164: 'text'} as const satisfies Shape

const record = itemShape({
  appSpace: 'text',
  host: 'text',
  plan: 'text',
  earlierPlans: [{plan: 'text', until: 'date'}],
  intent: 'object',
  phoneNumber: number,
  unreleased: [number],
  rotation: {stage: 'text', before: 'text'},
  reservations: [{order: 'text', quantity: 'amount'}],
  registration: 'object?',
  createdAt: 'date',
  createdBy: 'string?',
  labels: 'object?',
  rotatedAt: 'date?',
})

const states: Readonly<Record<AddonRecord['state'], readonly AddonRecord['intent']['operation'][]>> = {
  provisioning: ['create'],
  ready: ['create'],
  changing: ['create', 'change-number'],
  destroying: ['create', 'change-number', 'destroy'],
}

const changeOfNumber = {
  made: {operation: 'text', plan: 'text'},
  old: number,
  number,
  source: {from: 'text'},
} as const satisfies Shape

/**
 * Why an item is not the record of an add-on, in a few words: a person can edit it in Twilio's console, and what is wrong then is
 * reported before anything is done by it.
 */
export function recordProblem(data: unknown, key: string): string | undefined {
  const problem = itemProblem(data, record)
  if (problem !== undefined) return problem
  const {
    appSpace,
    plan,
    earlierPlans = [],
    state,
    intent,
    accountSid,
    simCarrier,
    reservations,
    tried = [],
  } = data as AddonRecord
  const empty = Object.keys(data as AddonRecord).find((name) => isNull(data, name) && name !== 'rotation')
  if (empty !== undefined) return `${empty} is null`
  if (appSpace !== key) return `it is about ${appSpace}`
  // It becomes part of addresses.
  if (accountSid !== undefined && !isSid(accountSid)) return 'accountSid is no SID'
  if (![plan, ...earlierPlans.map((each) => each.plan)].every((each) => Object.hasOwn(plans, each)))
    return 'its plan is unknown'
  if (!Array.isArray(reservations)) return 'reservations is not a list'
  if (!Array.isArray(tried)) return 'tried is not a list'
  if (simCarrier !== undefined && !Object.hasOwn(carriers, simCarrier)) return 'simCarrier is unknown'
  if (!Object.hasOwn(states, state)) return 'its state is unknown'
  if (!states[state].includes(intent.operation)) return `its intent is not that of an add-on that is ${state}`
  return intent.operation === 'change-number' ? changeProblem(intent) : undefined
}

function isNull(data: unknown, name: string): boolean {
  return isObject(data) && data[name] === null
}

function changeProblem(intent: ChangeNumberIntent): string | undefined {
  const {made, old, source} = intent
  if (!isObject(made) || !isObject(old) || !isObject(source)) return 'its intent is incomplete'
  const problem = problemOf(intent, changeOfNumber)
  if (problem !== undefined) return problem
  if (source.from === 'Twilio') return Array.isArray(source.candidates) ? undefined : 'source.candidates is not a list'
  return (
    problemOf(source, {number, webhooks: 'object'}) ??
    (isObject(source.number) ? undefined : 'source.number is missing')
  )
}
