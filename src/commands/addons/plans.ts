import {count, planNotes, price} from '../../lib/addon/format.js'
import {checkService, parsePlan, planNames, plans, simPrices} from '../../lib/addon/plans.js'
import {AkaCommand, arg} from '../../cli/base-command.js'
import {table} from '../../cli/output/table.js'

export default class AddonsPlans extends AkaCommand {
  static override aliases = ['twilio:plans']
  static override hiddenAliases = [
    'addons:plan',
    'addons:plans:info',
    'addon:plans',
    'addon:plan',
    'plans',
    'services:plans',
    'service:plans',
    'service:plan',
  ]
  static override summary = 'show the plans of the Twilio add-on: prices, what they include, what not'
  static override examples = ['<%= config.bin %> <%= command.id %> twilio']
  static override args = {
    addon: arg({description: 'twilio', default: 'twilio'}),
    plan: arg({description: 'only this plan, e.g. twilio:small'}),
  }

  async run(): Promise<unknown> {
    const {args} = await this.parse(AddonsPlans)
    checkService(args.addon)
    // As aka's own commands, with or without the service before the plan's name.
    const only = args.plan === undefined ? undefined : parsePlan(args.plan.replace(/^(twilio:)?/, 'twilio:'))
    const all = planNames.filter((name) => only === undefined || name === only).map((name) => plans[name])
    const row = (label: string, cell: (plan: (typeof all)[number]) => string) => [label, ...all.map(cell)]
    this.log(
      await table(
        ['', ...all.map(({name}) => `twilio:${name}`)],
        [
          row('Price', price),
          row('Voice minutes a month', (plan) => count(plan.voiceMinutesPerMonth)),
          row('SMS messages a month', (plan) => count(plan.smsPerMonth)),
          row('M2M messages a month', (plan) => count(plan.m2mPerMonth)),
          row('Dedicated phone number', () => 'yes'),
          row('SIM limit', (plan) => count(plan.simLimit)),
        ],
      ),
    )
    this.log(`\n${planNotes.join('\n')}`)
    return {plans: all, simCards: simPrices, notIncluded: ['email (SendGrid)']}
  }
}
