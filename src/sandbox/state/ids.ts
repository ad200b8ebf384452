import {createHash} from 'node:crypto'

/** 32 hexadecimal digits, as Twilio's SIDs and tokens have them. */
export function hash(seed: string, what: string): string {
  return createHash('sha256').update(`${seed}\n${what}`).digest('hex').slice(0, 32)
}

/** An identifier as Akkeris has them. */
export function uuid(seed: string, what: string): string {
  return hash(seed, what).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** A new hash: the same in every run that began with the same seed and did the same things. */
export function nextHash(state: {seed: string; counter: number}): string {
  state.counter += 1
  return hash(state.seed, `#${state.counter}`)
}

export function nextSid(state: {seed: string; counter: number}, prefix: string): string {
  return `${prefix}${nextHash(state)}`
}
