import type {AddonDocument} from '../../../lib/addon/document.js'
import {plans} from '../../../lib/addon/plans.js'
import {ourCommand} from '../../../lib/command-line.js'
import {count} from '../../../lib/text.js'
import {fields} from '../fields.js'
import {planTitle} from '../plans.js'
import {age} from '../time.js'

const configVarStates = ({appSpace, plan}: AddonDocument): Readonly<Record<AddonDocument['configVars'], string>> => ({
  set: 'set',
  incomplete: `some are missing; \`${ourCommand(`addons:create twilio:${plan} -a ${appSpace}`)}\` restores them`,
  missing: `missing; \`${ourCommand(`addons:create twilio:${plan} -a ${appSpace}`)}\` restores them`,
  foreign: 'set by somebody else (another TWILIO_SID)',
  'no such app': `the app is gone; \`${ourCommand(`addons:destroy twilio -a ${appSpace}`)}\` ends the add-on too`,
})

export function renderAddon(document: AddonDocument): string {
  const {appSpace, plan, state, accountSid, accountStatus, phoneNumber, configVars, createdAt} = document
  const {voiceMinutesPerMonth, smsPerMonth, m2mPerMonth, simLimit} = plans[plan]
  return fields([
    ['App-space', appSpace],
    ['Plan', planTitle(plan)],
    [
      'Includes',
      `${count(voiceMinutesPerMonth)} voice minutes, ${count(smsPerMonth)} SMS, ${count(m2mPerMonth)} M2M messages a month; up to ${simLimit} SIM cards`,
    ],
    ['State', state],
    [
      'Subaccount',
      accountSid === null ? 'none yet' : `${accountSid}${accountStatus === null ? '' : ` (${accountStatus})`}`,
    ],
    ['Phone number', phoneNumber ?? 'none yet'],
    ['Config vars', configVarStates(document)[configVars]],
    ['Age', age(createdAt)],
  ])
}
