import {Flags} from '@oclif/core'

import {changePlan, requireDirection, requireRoomFor, usageAbove} from './addon/change-plan.js'
import {count, planTitle} from './addon/format.js'
import {requireReady, requireRecord} from './addon/info.js'
import type {Means} from './addon/means.js'
import {checkService, parsePlan, plans, type PlanName} from './addon/plans.js'
import type {AddonRecord} from './addon/record.js'
import {confirm} from './ask.js'
import {AkaCommand, arg, appFlag, waitFlag} from './base-command.js'
import {usage} from './errors.js'
import {titleOf} from './usage/kinds.js'

/** What `addons:upgrade` and `addons:downgrade` have in common: all but the direction. */
export abstract class PlanCommand extends AkaCommand {
  static override args = {
    addon: arg({description: 'twilio', required: true}),
    plan: arg({description: 'the new plan, e.g. twilio:medium', required: true}),
  }
  static override flags = {
    app: appFlag,
    'dry-run': Flags.boolean({description: 'show what would change, and change nothing'}),
    yes: Flags.boolean({char: 'y', description: 'do not ask, although more was used than the new plan includes'}),
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
    const above = await usageAbove(means, record, to)
    for (const {kind, used, included} of above)
      this.caution(`${titleOf(kind)}: ${count(used)} used this month; twilio:${to} includes ${count(included)}.`)
    if (flags['dry-run']) return {...this.#preview(record, to), usageAbove: above}
    if (above.length > 0 && !flags.yes) await agree(to)
    return {...(await this.#change(means, appSpace, to)), usageAbove: above}
  }

  async #change(means: Means, appSpace: string, to: PlanName): Promise<object> {
    const {from, changed} = await changePlan(means, appSpace, to)
    this.log(
      changed
        ? `${appSpace} has ${planTitle(to)} now, in place of ${planTitle(from)}. The app goes on as it was.`
        : `${appSpace} had ${planTitle(to)} already.`,
    )
    return {appSpace, changed, from, plan: to, pricePerMonth: plans[to].pricePerMonth}
  }

  #preview({appSpace, plan: from}: AddonRecord, to: PlanName): object {
    this.log(
      from === to
        ? `${appSpace} has ${planTitle(to)} already; nothing would be changed.`
        : `${appSpace} would have ${planTitle(to)}, in place of ${planTitle(from)}. Nothing was changed.`,
    )
    return {dryRun: true, appSpace, from, plan: to, pricePerMonth: plans[to].pricePerMonth}
  }
}

async function agree(to: PlanName): Promise<void> {
  if (await confirm(`Move to twilio:${to} all the same?`, {flag: '--yes'})) return
  throw usage('NOT_CONFIRMED', 'The plan was not changed.', 'Run it again when ready.')
}
