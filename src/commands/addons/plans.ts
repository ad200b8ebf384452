import {AkaCommand} from '../../cli/base-command.js'
import {addonArg, arg} from '../../cli/flags/common.js'
import {renderPlans} from '../../cli/output/addons/plans.js'
import {type PlansDocument, plansDocument} from '../../lib/addon/document.js'
import {checkService, parsePlan} from '../../lib/addon/plans.js'

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
  static override summary = 'show the plans of the Twilio add-on: prices and what they include'
  static override examples = ['<%= config.bin %> <%= command.id %> twilio']
  static override args = {
    addon: addonArg,
    plan: arg({description: 'only this plan, e.g. twilio:small'}),
  }

  async run(): Promise<PlansDocument> {
    const {args} = await this.parse(AddonsPlans)
    checkService(args.addon)
    const document = plansDocument(args.plan === undefined ? undefined : parsePlan(args.plan))
    this.log(() => renderPlans(document))
    return document
  }
}
