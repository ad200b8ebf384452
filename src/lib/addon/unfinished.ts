import {ourCommand} from '../command-line.js'
import type {AddonRecord} from './record.js'

export interface Unfinished {
  /** e.g. `the rotation of its auth token`. */
  readonly what: string
  /** The command that resumes it. */
  readonly command: string
  /** Whether a run has a lease on the add-on: it may be at work on this now. */
  readonly leased: boolean
}

/** The operation on an add-on that is not finished; undefined where the add-on is ready. */
export function unfinished(record: AddonRecord): Unfinished | undefined {
  const operation = operationOf(record)
  return operation && {...operation, leased: record.lease !== undefined}
}

function operationOf({state, intent, appSpace, plan}: AddonRecord): Omit<Unfinished, 'leased'> | undefined {
  switch (state) {
    case 'ready':
      return undefined
    case 'provisioning':
      return {what: 'its creation', command: ourCommand(`addons:create twilio:${plan} -a ${appSpace}`)}
    case 'destroying':
      return {
        what: 'its destruction',
        command: ourCommand(`addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`),
      }
    case 'changing':
      return intent.operation === 'change-number'
        ? {
            what: `the change of its number (${intent.old.e164} before)`,
            command: ourCommand(`twilio:number:change -a ${appSpace}`),
          }
        : {what: 'the rotation of its auth token', command: ourCommand(`twilio:rotate -a ${appSpace}`)}
  }
}
