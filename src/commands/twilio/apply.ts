import {BulkCommand} from '../../cli/bulk-command.js'
import {explainFailure} from '../../cli/failures.js'
import {arg} from '../../cli/flags.js'
import {applyFlags, endApply, exitCodeTaken, planDeclared, readFleetFile, registrationsEnded} from '../../cli/fleet.js'
import {colorsFor} from '../../cli/output/colors.js'
import {skippedItems} from '../../cli/output/sentences.js'
import {appliedInBrief, applyQuestion, renderFleetPlan, roomMissing} from '../../cli/output/twilio/apply.js'
import {countProgress, progress} from '../../cli/progress.js'
import {confirm} from '../../cli/prompts.js'
import {adaptivePace} from '../../lib/bulk/adaptive-pace.js'
import {withProfileOf} from '../../lib/command-line.js'
import type {Failure} from '../../lib/errors.js'
import {carryOutChange} from '../../lib/fleet/compare.js'
import {type ApplyDocument, applyDocument} from '../../lib/fleet/document.js'
import {parseFleet} from '../../lib/fleet/parse.js'
import {usualProfile} from '../../lib/profiles.js'
import type {Session} from '../../lib/session.js'
import {standardCountry} from '../../lib/settings.js'

export default class TwilioApply extends BulkCommand {
  static override summary = 'make the Twilio add-ons of all app-spaces match a file'
  static override description = `The file (YAML or JSON) has the plan of each app-space and, optionally, the options that choose its number, its webhooks and its alerts; \`twilio:export\` writes it from what exists. The whole file is checked before anything is sent. The differences are shown in words and prices, and carried out once you agree: add-ons are created, moved to other plans and configured. What the file does not say stays as it is.

Add-ons that the file does not have are left alone; with --prune they are destroyed. Repeating the command does nothing.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> fleet.yaml --dry-run',
    '<%= config.bin %> <%= command.id %> fleet.yaml --prune',
    '<%= config.bin %> <%= command.id %> fleet.yaml --yes --json',
  ]
  static override args = {
    file: arg({description: 'what is declared, as YAML or JSON; - for standard input', required: true}),
  }
  static override flags = applyFlags

  async run(): Promise<ApplyDocument> {
    const {args, flags} = await this.parse(TwilioApply)
    const pace = adaptivePace({ceiling: flags.concurrency})
    const usual = this.asksForEveryProfile
      ? await this.openedSession({...flags, pace, profile: usualProfile})
      : await this.session({...flags, pace})
    const country = standardCountry(usual.settings)
    const declared = await parseFleet(await readFleetFile(args.file), country)
    const options = {prune: flags.prune, standardCountry: country, onProgress: countProgress}
    const opens = {
      usual,
      isEvery: this.asksForEveryProfile,
      openSession: async (asked: {appSpace: string} | {profile: string}) =>
        this.openedSession({...flags, pace, ...asked}),
      context: async (session: Session) => this.context(session, flags),
    }
    const planned = await progress('comparing the add-ons with what is declared', () =>
      planDeclared(declared, opens, options),
    )
    const {plan, contextOf, failures} = planned
    this.failWithResult(failures)
    const ended = await registrationsEnded(planned)
    if (plan.unknown.length > 0) this.warn(skippedItems(plan.unknown))
    const isDone = flags['dry-run'] || plan.changes.length === 0
    if (isDone) await this.logList(() => renderFleetPlan(plan, this.colors))
    else if (!flags.yes || !this.jsonEnabled())
      this.logToStderr(renderFleetPlan(plan, colorsFor(process.stderr, this.machine.env)))
    for (const sentence of [...(ended === undefined ? [] : [ended]), ...roomMissing(plan)]) this.warn(sentence)
    if (!isDone && !flags.yes) await confirm(applyQuestion(plan), {otherwise: 'Nothing was changed.'})

    const outcomes = new Map<string, 'done' | Failure>()
    if (!isDone)
      await this.carryOutAll(plan.changes, {
        doing: 'changing the add-ons of',
        contextOf,
        pace,
        failFast: flags['fail-fast'],
        work: (context, change) => withProfileOf(change, () => carryOutChange(context, change)),
        onEnd: (change, ended) => {
          const {appSpace} = change
          outcomes.set(appSpace, 'failure' in ended ? ended.failure : 'done')
          if ('failure' in ended)
            explainFailure(ended.failure.retold({message: `${appSpace}: ${ended.failure.message}`}))
          else this.log(`${appSpace} ${appliedInBrief(change)}.`)
        },
      })
    const document = applyDocument(plan, flags['dry-run'] ? 'dry run' : outcomes)
    return {...document, ...endApply(plan, outcomes, {isDetailed: flags['detailed-exitcode'], others: failures})}
  }

  protected override async catch(error: Error): Promise<void> {
    await super.catch(this.argv.includes('--detailed-exitcode') ? exitCodeTaken(error) : error)
  }
}
