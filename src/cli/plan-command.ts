import {Flags} from '@oclif/core'

import {changePlan, requireDirection, requireRoomFor, usageAbove} from '../lib/lifecycle/change-plan.js'
import {count, planTitle} from '../lib/addon/format.js'
import {requireReady, requireRecord} from '../lib/addon/info.js'
import type {AddonContext} from '../lib/addon/context.js'
import {checkService, parsePlan, plans, type PlanName} from '../lib/addon/plans.js'
import type {AddonRecord} from '../lib/addon/record.js'
import {confirm} from './prompts.js'
import {AkaCommand, arg, appFlag, waitFlag} from './base-command.js'
import {usage} from '../lib/errors.js'
import {titleOf} from '../lib/usage/kinds.js'

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
    const context = await this.context(await this.session(flags), {wait: flags.wait})
    const record = await requireRecord(context, appSpace)
    requireReady(record)
    requireDirection(record, to, this.direction)
    await requireRoomFor(context, record, to)
    const above = await usageAbove(context, record, to)
    for (const {kind, used, included} of above)
      this.caution(`${titleOf(kind)}: ${count(used)} used this month; twilio:${to} includes ${count(included)}.`)
    if (flags['dry-run']) return {...this.#preview(record, to), usageAbove: above}
    if (above.length > 0 && !flags.yes) await agree(to)
    return {...(await this.#change(context, appSpace, to)), usageAbove: above}
  }

  async #change(context: AddonContext, appSpace: string, to: PlanName): Promise<object> {
    const {from, changed} = await changePlan(context, appSpace, to)
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
