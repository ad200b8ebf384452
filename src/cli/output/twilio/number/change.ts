import type {NumberChangedDocument} from '../../../../lib/number/change/document.js'
import type {ChangePlan} from '../../../../lib/number/change/plan.js'
import type {MonthlyPrice} from '../../../../lib/number/price.js'
import type {Colors} from '../../colors.js'
import {fields} from '../../fields.js'
import {nextSteps, stepToSending} from '../../next-steps.js'
import {monthlyPrice, webhookRows} from '../../numbers.js'

/** What a change would do; for `--dry-run`, and before a person is asked. */
export function renderChangePlan(plan: ChangePlan, price: MonthlyPrice | undefined): string {
  const {record, old, oldIsThere, keepOld, next = 'one that Twilio offers', webhooks, source, registration} = plan
  const fate = keepOld ? 'goes to the main account' : 'is released, and can usually not be bought back'
  return fields([
    ['App-space', record.appSpace],
    ['Old number', `${old.e164}, which ${oldIsThere ? fate : 'the subaccount no longer has'}`],
    ['New number', next],
    ['Price', source.from === 'Twilio' ? priceOfNew(price) : 'no new charge: Twilio charges for it already'],
    ...webhookRows(webhooks),
    ...(registration ? [['SMS to the US', plannedRegistration[registration]] as const] : []),
  ])
}

const plannedRegistration = {
  carried: 'the new number joins the messaging service of the old one, and its campaign',
  lost: 'the registration covers only the old number: the new one needs its own, and is blocked until then',
}

function priceOfNew(price: MonthlyPrice | undefined): string {
  return price ? monthlyPrice(price.perMonth, price.currency) : 'see https://www.twilio.com/en-us/pricing'
}

const becameOfRegistration = {
  carried: 'The new number joined the messaging service of the old one, and sends by its campaign.',
  lost: 'The registration for SMS to the US covered the old number, and could not be carried over.',
}

export function renderNumberChanged(document: NumberChangedDocument, colors: Colors): string {
  const {changed, appSpace, oldNumber, oldNumberIs, phoneNumber, pendingRegistrations, registration} = document
  if (oldNumber === null || oldNumberIs === null)
    return `${appSpace} already has ${phoneNumber ?? 'no number'}; nothing was changed.`
  const fates = {
    released: `${oldNumber} was released.`,
    kept: `${oldNumber} is now in the main account.`,
    gone: `${oldNumber} was already gone.`,
    held: `${oldNumber} is still in the subaccount.`,
  }
  return [
    changed
      ? colors.bold(`${appSpace} now has ${phoneNumber ?? ''}.`)
      : `${appSpace} has ${phoneNumber ?? ''}: another run changed it.`,
    `  ${fates[oldNumberIs]}`,
    ...(registration ? [`  ${becameOfRegistration[registration]}`] : []),
    ...(pendingRegistrations === null ? [] : ['', nextSteps([stepToSending(appSpace)], colors)]),
  ].join('\n')
}
