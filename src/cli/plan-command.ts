import {requireEntry, requireReady} from '../lib/addon/info.js'
import {checkService, type PlanName} from '../lib/addon/plans.js'
import {usage} from '../lib/errors.js'
import {changePlan, requireDirection, requireRoomFor, usageAbove} from '../lib/lifecycle/change-plan.js'
import {planChangedDocument, type PlanChangeDocument, planChangePreviewDocument} from '../lib/lifecycle/document.js'
import {AkaCommand} from './base-command.js'
import {appFlag, arg, dryRunFlag, parsePlanArg, timeoutFlag, waitForOthersFlag, yesFlag} from './flags.js'
import {
  renderPlanChanged,
  renderPlanChangePreview,
  upgradeQuestion,
  usageAboveSentence,
} from './output/addons/change-plan.js'
import {confirm} from './prompts.js'

/** What `addons:upgrade` and `addons:downgrade` have in common: all but the direction. */
export abstract class PlanCommand extends AkaCommand {
  static override args = {
    addon: arg({description: 'twilio; may be left out', required: true}),
    plan: arg({description: 'the new plan, e.g. twilio:medium'}),
  }
  static override flags = {
    app: appFlag,
    'dry-run': dryRunFlag('show what would change, and change nothing'),
    yes: yesFlag('do not ask: neither whether to pay more, nor where more was used than the new plan includes'),
    wait: waitForOthersFlag,
    timeout: timeoutFlag,
  }

  protected abstract readonly direction: 'upgrade' | 'downgrade'

  async run(): Promise<PlanChangeDocument> {
    await this.leaveToCore()
    const {args, flags} = await this.parse(PlanCommand)
    const to = planGiven(args)
    const appSpace = this.appSpace(flags.app)
    const context = await this.context(await this.session(flags), flags)
    const entry = await requireEntry(context, appSpace)
    const {record} = entry
    requireReady(record)
    requireDirection(record, to, this.direction)
    await requireRoomFor(context, record, to)
    const above = await usageAbove(context, record, to)
    for (const each of above) this.warn(usageAboveSentence(each, to))
    if (flags['dry-run']) {
      const preview = planChangePreviewDocument(record, to, above)
      this.log(renderPlanChangePreview(preview))
      return preview
    }
    const costsMore = this.direction === 'upgrade' && record.plan !== to
    if ((costsMore || above.length > 0) && !flags.yes)
      await confirm(costsMore ? upgradeQuestion(record, to) : `Move to twilio:${to} anyway?`, {
        otherwise: 'The plan was not changed.',
      })
    const document = planChangedDocument(appSpace, await changePlan(context, entry, to), above)
    this.log(renderPlanChanged(document))
    return document
  }
}

/** The plan alone, as in Heroku, or behind the add-on, as in aka. @throws {Failure} `usage` */
function planGiven({addon, plan}: {readonly addon: string; readonly plan: string | undefined}): PlanName {
  if (plan === undefined && addon === 'twilio')
    throw usage(
      'ARGUMENTS_INVALID',
      'Missing PLAN (the new plan, e.g. twilio:medium).',
      'See what it takes: add --help.',
    )
  if (plan !== undefined) checkService(addon)
  return parsePlanArg(plan ?? addon)
}
