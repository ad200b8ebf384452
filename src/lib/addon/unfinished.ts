import type {AddonRecord} from './record.js'

export interface Unfinished {
  /** e.g. `changing its number`. */
  readonly what: string
  /** The command that goes on with it. */
  readonly command: string
}

/** What was begun with an add-on and is not finished; undefined where it is ready. */
export function unfinished({state, intent, appSpace, plan}: AddonRecord): Unfinished | undefined {
  switch (state) {
    case 'ready':
      return undefined
    case 'provisioning':
      return {what: 'making it', command: `aka addons:create twilio:${plan} -a ${appSpace}`}
    case 'destroying':
      return {what: 'destroying it', command: `aka addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`}
    case 'changing':
      return intent.operation === 'change-number'
        ? {
            what: `changing its number, which was ${intent.old.e164}`,
            command: `aka twilio:number:change -a ${appSpace}`,
          }
        : {what: 'changing its auth token', command: `aka twilio:rotate -a ${appSpace}`}
  }
}
