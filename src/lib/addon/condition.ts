import {ourCommand} from '../command-line.js'
import type {Account} from '../twilio/accounts.js'
import type {AddonRecord} from './record.js'
import type {ConfigVarsState} from './vars-state.js'

/** What was done to an add-on outside of this tool, and how to fix it. */
export interface Condition {
  /** Short enough for a column. */
  readonly word: string
  readonly sentence: string
  /** Command lines. */
  readonly fix: readonly string[]
}

interface Known extends Pick<AddonRecord, 'appSpace' | 'plan' | 'state'> {
  readonly accountSid: string | null
  readonly accountStatus: Account['status'] | null
  /** Null where nobody looked. */
  readonly configVars: ConfigVarsState | null
  /** As in `addons:info`. */
  readonly configVarsRegistry: string | null
}

/** The worst first; none where everything is as the registry says, as far as anybody looked. An unfinished operation is not meant. */
export function conditionsOf(addon: Known): Condition[] {
  const {appSpace, plan, state, accountSid, accountStatus, configVars} = addon
  if (state !== 'ready') return []
  const create = ourCommand(`addons:create twilio:${plan} -a ${appSpace}`)
  const destroy = ourCommand(`addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`)
  if (accountStatus === 'closed') {
    const sentence = `Its subaccount ${accountSid ?? ''} was closed outside of this tool.`
    return [{word: 'closed', sentence, fix: [destroy, create]}]
  }
  if (configVars === 'no such app')
    return [{word: 'app gone', sentence: `The app-space ${appSpace} no longer exists.`, fix: [destroy]}]
  const suspended = {
    word: 'suspended',
    sentence: 'Its subaccount is suspended.',
    fix: [ourCommand(`twilio:resume -a ${appSpace}`)],
  }
  const vars = {
    incomplete: {word: 'vars missing', sentence: 'Some of its config vars are missing.', fix: [create]},
    missing: {word: 'vars missing', sentence: 'Its config vars are missing.', fix: [create]},
    foreign: foreign(addon, create),
    'wrong token': {
      word: 'vars outdated',
      sentence: 'TWILIO_AUTH_TOKEN is not the primary auth token of its subaccount.',
      fix: [create],
    },
    'wrong number': {word: 'vars outdated', sentence: 'TWILIO_PHONE_NUMBER is not its phone number.', fix: [create]},
    set: undefined,
  }
  const ofVars = configVars === null ? undefined : vars[configVars]
  return [...(accountStatus === 'suspended' ? [suspended] : []), ...(ofVars ? [ofVars] : [])]
}

/** To overwrite those of another add-on of ours would cut the app off from the one that it uses. */
function foreign({configVarsRegistry: registry}: Known, create: string): Condition {
  const word = 'vars foreign'
  if (registry === null) {
    const sentence = 'Its config vars were overwritten by somebody else: TWILIO_SID is not its subaccount.'
    return {word, sentence, fix: [`${create} --force`]}
  }
  const sentence = `The app uses its other add-on, in the registry "${registry}"; this one is unused, and paid for. To see the other:`
  return {word, sentence, fix: [ourCommand(`twilio:settings set registry ${registry}`)]}
}
