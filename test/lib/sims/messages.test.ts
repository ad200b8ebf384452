import {describe, expect, it} from '@jest/globals'

import type {OutgoingMessage, SimCarrier, SimMessage} from '../../../src/lib/carrier/port.js'
import type {SimContext} from '../../../src/lib/sims/context.js'
import {checkMessage, followMessage, newMessages, sendMessage} from '../../../src/lib/sims/messages.js'
import {stopClock} from '../../support/clock.js'
import {sim} from '../../support/sim-records.js'

const transport = stopClock()
const superSim = sim(1, {status: 'active'})
const wireless = sim(2, {product: 'wireless', status: 'active'})
const text = (changes: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  sim: superSim,
  payload: 'report',
  binary: false,
  ...changes,
})
const base64 = (bytes: number) => Buffer.alloc(bytes, 'x').toString('base64')

describe('a message', () => {
  it.each([
    ['160 characters', text({payload: 'x'.repeat(160)})],
    ['more than that over IP', text({payload: 'x'.repeat(1000), port: 4000})],
    ['bytes over IP', text({payload: base64(500), binary: true, port: 4000})],
    ['140 bytes to Programmable Wireless', text({sim: wireless, payload: base64(140), binary: true})],
  ])('may have %s', (_, message) => {
    expect(() => checkMessage(message)).not.toThrow()
  })

  it.each([
    ['PORT_NOT_SUPPORTED', text({sim: wireless, port: 4000})],
    ['PORT_REQUIRED', text({payload: 'AQID', binary: true})],
    ['PAYLOAD_NOT_BASE64', text({payload: 'hello!', binary: true, port: 4000})],
    ['PAYLOAD_EMPTY', text({payload: ''})],
    ['PAYLOAD_TOO_LONG', text({payload: 'x'.repeat(161)})],
    ['PAYLOAD_TOO_LONG', text({sim: wireless, payload: base64(141), binary: true})],
  ])('is refused as %s', (code, message) => {
    expect(() => checkMessage(message)).toThrow(expect.objectContaining({code, outcome: 'usage'}))
  })
})

/** What a carrier shows of one message, one state after the other. */
function context(...states: SimMessage['status'][]): SimContext {
  const sims = {
    transport,
    fetchMessage: async (message: SimMessage) => ({...message, status: states.length > 1 ? states.shift() : states[0]}),
  } as unknown as SimCarrier
  return {sims, appSpace: 'api-default'} as SimContext
}

const sent = {sid: 'HC1', status: 'queued', transport: 'sms'} as SimMessage

it('a message to a SIM that is not active is refused with the command that activates it', async () => {
  await expect(sendMessage(context(), text({sim: sim(1)}))).rejects.toMatchObject({
    code: 'SIM_NOT_ACTIVE',
    suggestions: [expect.stringContaining('aka twilio:sims:activate HS1 -a api-default')],
  })
})

describe('following a message', () => {
  it.each([
    ['it is delivered', ['sent', 'delivered'], 'delivered'],
    ['it has failed', ['sent', 'failed'], 'failed'],
  ] as const)('ends when %s', async (_, states, status) => {
    expect(await followMessage(context(...states), sent)).toMatchObject({status})
  })

  it('over IP ends when it is sent: nobody reports more', async () => {
    expect(await followMessage(context('sent'), {...sent, transport: 'ip'})).toMatchObject({status: 'sent'})
  })

  it('is exit 7 after two minutes, and does not advise to send it again', async () => {
    const failure = await followMessage(context('sent'), sent).catch((error: unknown) => error)
    expect(failure).toMatchObject({outcome: 'temporary', suggestions: [expect.stringContaining('aka twilio:m2m')]})
    expect(failure).not.toMatchObject({suggestions: [expect.stringMatching(/again/)]})
  })
})

it('new messages come once each, oldest first, and none that was seen', async () => {
  const lists = [['HC1'], ['HC3', 'HC2', 'HC1'], ['HC3', 'HC2', 'HC1'], ['HC4', 'HC3']]
  const sims = {transport, listMessages: async () => lists.shift()?.map((sid) => ({sid})) ?? []}
  const messages = newMessages({sims} as unknown as SimContext, {sim: undefined, seen: [{...sent, sid: 'HC1'}]})
  const shown: string[] = []
  for await (const {sid} of messages) if (shown.push(sid) === 3) break
  expect(shown).toEqual(['HC2', 'HC3', 'HC4'])
})
