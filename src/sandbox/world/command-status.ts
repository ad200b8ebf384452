import {type Step, stepAt} from '../state/clock.js'
import type {IpCommand, SmsCommand, WirelessCommand} from '../state/types/sims.js'

/** How long it takes, by the sandbox's clock, until a command to a SIM is sent, and until it is delivered. */
const SENT_MS = 300
const DELIVERED_MS = 600

/** Of every device, to which IP commands go and from which they come. */
export const DEVICE_IP = '100.64.0.123'

type SmsCommandStatus = 'queued' | 'sent' | 'delivered' | 'received' | 'failed'
type IpCommandStatus = 'queued' | 'sent' | 'received' | 'failed'
type WirelessCommandStatus = 'queued' | 'sent' | 'delivered' | 'received'

export function smsCommandStatus(command: SmsCommand, now: number): Step<SmsCommandStatus> {
  const {direction, createdAt, reachable} = command
  if (direction === 'from_sim') return {status: 'received', since: createdAt}
  if (!reachable) return stepAt<SmsCommandStatus>(now, createdAt, 'queued', [SENT_MS, 'failed'])
  return stepAt<SmsCommandStatus>(now, createdAt, 'queued', [SENT_MS, 'sent'], [DELIVERED_MS, 'delivered'])
}

export function ipCommandStatus(command: IpCommand, now: number): Step<IpCommandStatus> {
  const {direction, createdAt, reachable} = command
  if (direction === 'from_sim') return {status: 'received', since: createdAt}
  return stepAt<IpCommandStatus>(now, createdAt, 'queued', [SENT_MS, reachable ? 'sent' : 'failed'])
}

export function wirelessCommandStatus(command: WirelessCommand, now: number): Step<WirelessCommandStatus> {
  const {direction, createdAt, deliveryReceiptRequested} = command
  if (direction === 'from_sim') return {status: 'received', since: createdAt}
  const sent = [SENT_MS, 'sent'] as const
  // Without a receipt, Twilio does not know of the delivery.
  if (!deliveryReceiptRequested) return stepAt<WirelessCommandStatus>(now, createdAt, 'queued', sent)
  return stepAt<WirelessCommandStatus>(now, createdAt, 'queued', sent, [DELIVERED_MS, 'delivered'])
}
