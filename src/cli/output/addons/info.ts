import {conditionsOf} from '../../../lib/addon/condition.js'
import type {AddonDocument} from '../../../lib/addon/document.js'
import {labelsInWords} from '../../../lib/addon/labels.js'
import {plans} from '../../../lib/addon/plans.js'
import {count} from '../../../lib/text.js'
import type {Colors} from '../colors.js'
import {renderCondition} from '../condition.js'
import {fields} from '../fields.js'
import {planTitle} from '../plans.js'
import {sendingWords} from '../sending.js'
import {age} from '../time.js'

const configVarStates: Readonly<Record<AddonDocument['configVars'], string>> = {
  set: 'set',
  'wrong token': 'TWILIO_AUTH_TOKEN is out of date',
  'wrong number': 'TWILIO_PHONE_NUMBER is another number',
  incomplete: 'some are missing',
  missing: 'missing',
  foreign: 'set by somebody else (another TWILIO_SID)',
  'no such app': 'the app no longer exists',
}

export function renderAddon(document: AddonDocument, colors: Colors): string {
  const conditions = conditionsOf(document)
  const {appSpace, plan, state, accountSid, accountStatus, phoneNumber, sending, configVars, createdAt} = document
  const {labels, configVarsRegistry} = document
  const {voiceMinutesPerMonth, smsPerMonth, m2mPerMonth, simLimit} = plans[plan]
  const shown = fields([
    ['App-space', appSpace],
    ['Plan', planTitle(plan)],
    [
      'Includes',
      `${count(voiceMinutesPerMonth)} voice minutes, ${count(smsPerMonth)} SMS, ${count(m2mPerMonth)} M2M messages a month; up to ${simLimit} SIM cards`,
    ],
    ['State', conditions[0] ? colors.yellow(conditions[0].word) : state],
    [
      'Subaccount',
      accountSid === null ? 'none yet' : `${accountSid}${accountStatus === null ? '' : ` (${accountStatus})`}`,
    ],
    ['Phone number', phoneNumber ?? 'none yet'],
    ...(sending ? [['SMS to the US', sendingWords(appSpace, sending)] as const] : []),
    [
      'Config vars',
      configVarsRegistry === null
        ? configVarStates[configVars]
        : `those of the add-on in the registry "${configVarsRegistry}"`,
    ],
    ['Age', age(createdAt)],
    ...(Object.keys(labels).length > 0 ? [['Labels', labelsInWords(labels)] as const] : []),
  ])
  const wrong = conditions.map((each) => renderCondition(appSpace, each, colors))
  return [shown, ...(wrong.length > 0 ? ['', ...wrong] : [])].join('\n')
}
