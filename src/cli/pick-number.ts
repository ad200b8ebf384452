import type {AddonContext} from '../lib/addon/context.js'
import type {NumberOptions} from '../lib/addon/number-options.js'
import type {CreateRequest} from '../lib/lifecycle/create/request.js'
import type {ChangeRequest} from '../lib/number/change/request.js'
import {numberSearchDocument} from '../lib/number/document.js'
import {listChoices} from '../lib/number/search.js'
import type {TwilioAccount} from '../lib/twilio/connect.js'
import {fetchNumberPrices} from '../lib/twilio/pricing.js'
import {widthOf} from './output/terminal.js'
import {alignedChoices} from './output/twilio/number/search.js'
import {askSearch, requireTerminal} from './prompts.js'

const question = 'Which number?'
const answerable = {flag: '--phone-number +1… (or leave --pick out)'}

/** Not for an add-on that is there: it has its number. */
export async function pickForCreate({registry, main}: AddonContext, request: CreateRequest): Promise<CreateRequest> {
  requireTerminal(question, answerable)
  if (await registry.read(request.appSpace)) return request
  const phoneNumber = await pick(main, request.intent)
  return {...request, intent: {...request.intent, phoneNumber}, explicit: new Set([...request.explicit, 'phoneNumber'])}
}

/** Not where a change was interrupted: that one is resumed. */
export async function pickForChange({registry, main}: AddonContext, request: ChangeRequest): Promise<ChangeRequest> {
  requireTerminal(question, answerable)
  const entry = await registry.read(request.appSpace)
  if (entry?.record.state !== 'ready') return request
  const phoneNumber = await pick(main, request.options)
  return {
    ...request,
    options: {...request.options, phoneNumber},
    explicit: new Set([...request.explicit, 'phoneNumber']),
  }
}

/** Before any lease is acquired: nobody waits for somebody who is reading a list. */
async function pick(main: TwilioAccount, options: NumberOptions): Promise<string> {
  const [numbers, prices] = await Promise.all([listChoices(main, options), fetchNumberPrices(main, options.country)])
  const names = alignedChoices(numberSearchDocument(options, numbers, prices), widthOf(process.stderr))
  const choices = numbers.map(({e164}, at) => ({value: e164, name: names[at] ?? e164}))
  return askSearch(question, choices, answerable)
}
