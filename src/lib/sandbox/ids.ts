import {createHash} from 'node:crypto'

/** 32 hexadecimal digits, as Twilio's SIDs and tokens have them. */
export function hash(seed: string, what: string): string {
  return createHash('sha256').update(`${seed}\n${what}`).digest('hex').slice(0, 32)
}

/** A new identifier, the same in every run that did the same things since the same seed. */
export function nextHash(state: {seed: string; counter: number}): string {
  state.counter += 1
  return hash(state.seed, `#${state.counter}`)
}

export function nextSid(state: {seed: string; counter: number}, prefix: string): string {
  return `${prefix}${nextHash(state)}`
}
