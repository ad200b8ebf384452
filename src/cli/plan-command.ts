import {checkService, parsePlan, type PlanName} from '../lib/addon/plans.js'
import {usage} from '../lib/errors.js'
import {changePlan, requireChangeable} from '../lib/lifecycle/change-plan.js'
import {planChangedDocument, type PlanChangeDocument, planChangePreviewDocument} from '../lib/lifecycle/document.js'
import {manyPlansChanged} from './bulk/change-plan.js'
import {BulkCommand} from './bulk/command.js'
import {bulkFlags} from './flags/bulk.js'
import {appFlag, arg, dryRunFlag, waitForOthersFlags, yesFlag} from './flags/common.js'
import {
  renderPlanChanged,
  renderPlanChangePreview,
  upgradeQuestion,
  usageAboveSentence,
} from './output/addons/change-plan.js'
import {confirm} from './prompts.js'

/** What `addons:upgrade` and `addons:downgrade` have in common: all but the direction. */
export abstract class PlanCommand extends BulkCommand {
  static override args = {
    addon: arg({description: 'twilio; may be left out'}),
    plan: arg({description: 'the new plan, e.g. twilio:medium'}),
  }
  static override flags = {
    app: appFlag,
    ...bulkFlags,
    'dry-run': dryRunFlag('show what would change, and change nothing'),
    yes: yesFlag('do not ask, even if the new plan costs more or includes less than was used'),
    ...waitForOthersFlags,
  }

  protected abstract readonly direction: 'upgrade' | 'downgrade'

  async run(): Promise<PlanChangeDocument | undefined> {
    await this.leaveToCore()
    const parsed = await this.parse(PlanCommand)
    const {args, flags} = parsed
    const {direction} = this
    const request = (given: {args: PlanArgs}, appSpace: string) => ({appSpace, to: planGiven(given.args), direction})
    if (flags['apps-from'] !== undefined) return this.many(parsed, {...manyPlansChanged, request})
    const to = planGiven(args)
    const appSpace = await this.appSpace(flags.app)
    const context = await this.context(await this.session(flags), flags)
    const {entry, above} = await requireChangeable(context, {appSpace, to, direction})
    const {record} = entry
    for (const each of above) this.warn(usageAboveSentence(each, to))
    if (flags['dry-run']) {
      const preview = planChangePreviewDocument(record, to, above)
      this.log(renderPlanChangePreview(preview))
      return preview
    }
    const costsMore = direction === 'upgrade' && record.plan !== to
    if ((costsMore || above.length > 0) && !flags.yes)
      await confirm(costsMore ? upgradeQuestion(record, to) : `Move to twilio:${to} anyway?`, {
        otherwise: 'The plan was not changed.',
      })
    const document = planChangedDocument(appSpace, await changePlan(context, entry, to), above)
    this.log(renderPlanChanged(document))
    return document
  }
}

interface PlanArgs {
  readonly addon: string | undefined
  readonly plan: string | undefined
}

/** The plan alone, as in Heroku, or behind the add-on, as in aka. @throws {Failure} `usage` */
function planGiven({addon = 'twilio', plan}: PlanArgs): PlanName {
  if (plan === undefined && addon === 'twilio')
    throw usage(
      'ARGUMENTS_INVALID',
      'Missing PLAN (the new plan, e.g. twilio:medium).',
      'See what it takes: add --help.',
    )
  if (plan !== undefined) checkService(addon)
  return parsePlan(plan ?? addon)
}
