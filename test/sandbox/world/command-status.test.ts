import {expect, it} from '@jest/globals'

import type {Command} from '../../../src/sandbox/state/types/sims.js'
import {ipCommandStatus, smsCommandStatus, wirelessCommandStatus} from '../../../src/sandbox/world/command-status.js'

const command: Command = {
  sid: 'HC1',
  accountSid: 'AC1',
  simSid: 'HS1',
  direction: 'to_sim',
  payload: 'hello',
  createdAt: 0,
}
const received: Command = {...command, direction: 'from_sim'}
const TIMES = [0, 299, 300, 599, 600]

it('an SMS command is delivered when the SIM can be reached, and else fails', () => {
  const statuses = (reachable: boolean) => TIMES.map((ms) => smsCommandStatus({...command, reachable}, ms).status)
  expect(statuses(true)).toEqual(['queued', 'queued', 'sent', 'sent', 'delivered'])
  expect(statuses(false)).toEqual(['queued', 'queued', 'failed', 'failed', 'failed'])
})

it('an IP command is sent, or fails, and nothing is known of its delivery', () => {
  const statuses = (reachable: boolean) =>
    TIMES.map((ms) => ipCommandStatus({...command, reachable, payloadType: 'text', devicePort: 1}, ms).status)
  expect(statuses(true)).toEqual(['queued', 'queued', 'sent', 'sent', 'sent'])
  expect(statuses(false)).toEqual(['queued', 'queued', 'failed', 'failed', 'failed'])
})

it('a wireless command is delivered, which is known when a receipt was asked for', () => {
  const statuses = (deliveryReceiptRequested: boolean) =>
    TIMES.map((ms) => wirelessCommandStatus({...command, commandMode: 'text', deliveryReceiptRequested}, ms).status)
  expect(statuses(true)).toEqual(['queued', 'queued', 'sent', 'sent', 'delivered'])
  expect(statuses(false)).toEqual(['queued', 'queued', 'sent', 'sent', 'sent'])
})

it('a command from a SIM is received at once', () => {
  expect(smsCommandStatus({...received, reachable: true}, 0)).toEqual({status: 'received', since: 0})
  expect(wirelessCommandStatus({...received, commandMode: 'text', deliveryReceiptRequested: false}, 900)).toEqual({
    status: 'received',
    since: 0,
  })
})
