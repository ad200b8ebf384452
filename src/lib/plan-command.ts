import {Flags} from '@oclif/core'

import {changePlan, requireDirection, requireRoomFor} from './addon/change-plan.js'
import {count, planTitle} from './addon/format.js'
import {requireReady, requireRecord} from './addon/info.js'
import type {Means} from './addon/means.js'
import {checkService, parsePlan, plans, type PlanName} from './addon/plans.js'
import type {AddonRecord} from './addon/record.js'
import {confirm} from './ask.js'
import {AkaCommand, arg, appFlag, waitFlag} from './base-command.js'
import {usage} from './errors.js'
import {titleOf} from './usage/kinds.js'
import {usageOverPlan, type OverPlan} from './usage/over-plan.js'

/** What `addons:upgrade` and `addons:downgrade` have in common: all but the direction. */
export abstract class PlanCommand extends AkaCommand {
  static override args = {
    addon: arg({description: 'twilio', required: true}),
    plan: arg({description: 'the new plan, e.g. twilio:medium', required: true}),
  }
  static override flags = {
    app: appFlag,
    yes: Flags.boolean({
      char: 'y',
      description: 'go on even where more was used this month than the new plan includes',
    }),
    'dry-run': Flags.boolean({description: 'show what would change, and change nothing'}),
    wait: waitFlag('wait while another run works on the app-space; --no-wait fails instead (exit 6)'),
  }

  protected abstract readonly direction: 'upgrade' | 'downgrade'

  async run(): Promise<unknown> {
    await this.leaveToCore()
    const {args, flags} = await this.parse(PlanCommand)
    checkService(args.addon)
    const to = parsePlan(args.plan.replace(/^(twilio:)?/, 'twilio:'))
    const appSpace = this.appSpace(flags.app)
    const means = await this.means(await this.session(flags), {wait: flags.wait})
    const record = await requireRecord(means, appSpace)
    requireReady(record)
    requireDirection(record, to, this.direction)
    await requireRoomFor(means, record, to)
    const over = record.plan === to ? [] : await usageOverPlan(means, appSpace, to)
    for (const {kind, used, included} of over) {
      this.caution(`${titleOf(kind)}: ${count(used)} this month already, and twilio:${to} includes ${count(included)}.`)
    }
    if (flags['dry-run']) return this.#preview(record, to, over)
    if (over.length > 0 && !flags.yes && !(await confirm('Change the plan all the same?', {flag: '--yes'})))
      throw usage('NOT_CONFIRMED', 'Nothing was changed.', 'Run it again when ready.')
    return this.#change(means, appSpace, to)
  }

  async #change(means: Means, appSpace: string, to: PlanName): Promise<unknown> {
    const {from, changed} = await changePlan(means, appSpace, to)
    this.log(
      changed
        ? `${appSpace} has ${planTitle(to)} now, in place of ${planTitle(from)}. The app goes on as it was.`
        : `${appSpace} had ${planTitle(to)} already.`,
    )
    return {appSpace, changed, from, plan: to, pricePerMonth: plans[to].pricePerMonth}
  }

  #preview({appSpace, plan: from}: AddonRecord, to: PlanName, overPlan: readonly OverPlan[]): unknown {
    this.log(
      from === to
        ? `${appSpace} has ${planTitle(to)} already; nothing would be changed.`
        : `${appSpace} would have ${planTitle(to)}, in place of ${planTitle(from)}. Nothing was changed.`,
    )
    return {dryRun: true, appSpace, from, plan: to, pricePerMonth: plans[to].pricePerMonth, overPlan}
  }
}
