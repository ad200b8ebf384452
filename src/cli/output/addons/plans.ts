import type {PlansDocument} from '../../../lib/addon/document.js'
import type {Plan} from '../../../lib/addon/plans.js'
import {count} from '../../../lib/text.js'
import {pricePerMonth, registrationNote, simCardsNote} from '../plans.js'
import {table} from '../table.js'

export function renderPlans({plans, notIncluded}: PlansDocument): string {
  const row = (label: string, cell: (plan: Plan) => string) => [label, ...plans.map(cell)]
  const printed = table(
    ['', ...plans.map(({name}) => `twilio:${name}`)],
    [
      row('Price', (plan) => pricePerMonth(plan.pricePerMonth)),
      row('Voice minutes a month', (plan) => count(plan.voiceMinutesPerMonth)),
      row('SMS messages a month', (plan) => count(plan.smsPerMonth)),
      row('M2M messages a month', (plan) => count(plan.m2mPerMonth)),
      row('Dedicated phone number', () => 'yes'),
      row('SIM limit', (plan) => count(plan.simLimit)),
    ],
  )
  return `${printed}\n\n${simCardsNote}\n${registrationNote}\nNot included: sending ${notIncluded.join(', ')}.`
}
