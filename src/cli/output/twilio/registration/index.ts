import {ourCommand} from '../../../../lib/command-line.js'
import type {RegistrationDocument, RegistrationStep} from '../../../../lib/registration/document.js'
import type {FixedStep} from '../../../../lib/registration/fix.js'
import {stepWords as inWords} from '../../../../lib/registration/steps.js'
import type {Colors} from '../../colors.js'
import {fields} from '../../fields.js'
import {nextSteps} from '../../next-steps.js'
import {registrationCostWords} from '../../plans.js'
import {reasonWords, sendingWords} from '../../sending.js'
import {age} from '../../time.js'
import {stateOfStep, stepTitles} from './words.js'

const kinds: Readonly<Record<RegistrationDocument['kind'], string>> = {
  local: 'US local (A2P 10DLC)',
  'toll-free': 'toll-free',
  foreign: 'not a US number',
}

export function renderRegistration({appSpace, phoneNumber, kind, sending, steps}: RegistrationDocument): string {
  // The command that it names is this one.
  const [sendingNow = ''] = sendingWords(appSpace, sending).split('\n')
  return fields([
    ['Phone number', `${phoneNumber}, ${kinds[kind]}`],
    ['SMS to the US', sendingNow],
    ...steps.map((step) => [stepTitles[step.step], stepWords(step)] as const),
  ])
}

/** How to go on from there; undefined where that is for Twilio to do, or nobody. */
export function renderStepsToGo(document: RegistrationDocument, colors: Colors): string | undefined {
  const steps = stepsToGo(document)
  return steps.length > 0 ? nextSteps(steps, colors) : undefined
}

function stepsToGo({appSpace, kind, sending, steps}: RegistrationDocument): string[] {
  const on = `-a ${appSpace} --file registration.yaml`
  const submit = ourCommand(`twilio:registration:submit ${on}`)
  if (steps.some(({state}) => state === 'rejected'))
    return [`To submit it again, with the file corrected: ${ourCommand(`twilio:registration:fix ${on}`)}`]
  if (sending.state === 'verified' || sending.state === 'not-needed') return []
  const inReview = steps.find(({state}) => state === 'in-review')
  if (inReview) {
    // Nothing comes after it.
    if (inReview.step === 'campaign' || inReview.step === 'toll-free-verification') return []
    return [
      `To continue once the ${inWords[inReview.step]} is approved (--wait waits for it): ${submit}${inReview.mock ? ' --mock' : ''}`,
    ]
  }
  if (steps.some(({sid}) => sid !== null)) {
    const campaign = steps.find(({step, mock}) => step === 'campaign' && mock)
    if (campaign)
      return [
        `Delete the mock campaign ${campaign.sid ?? ''} in the console: it registers nothing.`,
        `To go on: ${submit}`,
      ]
    return steps.some(({mock}) => mock)
      ? [`To go on with the mock brand: ${submit} --mock`, `To register the number: ${submit}`]
      : [`To go on: ${submit}`]
  }
  const init = kind === 'toll-free' ? 'twilio:registration:init --for toll-free' : 'twilio:registration:init'
  return [`To write the registration file, once: ${ourCommand(init)}`, `To register the number: ${submit}`]
}

/** What is asked before anything is made that Twilio charges for. */
export function registrationCosts(withBrand: boolean): string {
  const {brand, campaign, priceList} = registrationCostWords
  return `Twilio charges ${withBrand ? `${brand}, ` : ''}${campaign}. ${priceList}`
}

/** What is asked before a brand or a campaign is resubmitted. */
export const againCosts = `Twilio may charge for another review of a brand or a campaign. ${registrationCostWords.priceList}`

export function renderFixed(fixed: readonly FixedStep[]): string {
  if (fixed.length === 0) return 'Nothing was rejected: nothing was changed.'
  const lines = fixed.map(({step, fields}) => {
    const edited = fields.length > 0 ? `edited (${fields.join(', ')}) and ` : ''
    return `${stepTitles[step]} ${edited}submitted again.`
  })
  return lines.join('\n')
}

/** What comes next. */
export function renderNext(steps: readonly RegistrationStep[], isMock: boolean): string {
  const waitsFor = steps.find(({state}) => state === 'in-review')
  if (!waitsFor)
    return isMock
      ? 'The mock campaign is approved. It registers nothing: the number may not send yet.'
      : 'The number is registered.'
  return `${stepTitles[waitsFor.step]} in review. Run the same command again once that is over, or now with --wait.`
}

function stepWords({step, state, sid, since, reasons, mock}: RegistrationStep): string {
  const word = step === 'messaging-service' && sid !== null ? 'has the number' : stateOfStep({state, mock})
  if (sid === null) return word
  const known = [word, ...(since === null ? [] : [ageWords(since)]), sid].join(', ')
  return [known, ...reasons.map(reasonWords)].join('\n')
}

function ageWords(since: string): string {
  const time = age(since)
  return time === 'now' ? 'just now' : `for ${time}`
}
