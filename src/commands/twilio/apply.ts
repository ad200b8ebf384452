import {BulkCommand} from '../../cli/bulk/command.js'
import {arg} from '../../cli/flags/common.js'
import {applyFlags, planDeclared, readFleetFile, registrationsEnded} from '../../cli/fleet.js'
import {endApply, exitCodeTaken, fleetChanges} from '../../cli/fleet-changes.js'
import {skippedItems} from '../../cli/output/sentences.js'
import {applyQuestion, renderFleetPlan, roomMissing} from '../../cli/output/twilio/apply.js'
import {confirm} from '../../cli/prompts.js'
import {adaptivePace} from '../../lib/bulk/adaptive-pace.js'
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
    const openSession = (asked: {appSpace?: string; profile?: string}) => this.sessions.open({...flags, pace, ...asked})
    const context = (session: Session) => this.context(session, flags)
    const isEvery = this.sessions.areOfEveryProfile
    const usual = await openSession(isEvery ? {profile: usualProfile} : {})
    const country = standardCountry(usual.settings)
    const declared = await parseFleet(await readFleetFile(args.file), country)
    const opens = {usual, isEvery, openSession, context}
    const planned = await planDeclared(declared, opens, {prune: flags.prune, standardCountry: country})
    const {plan, failures} = planned
    this.failWithResult(failures)
    const ended = await registrationsEnded(planned)
    if (plan.unknown.length > 0) this.warn(skippedItems(plan.unknown))
    const isDone = flags['dry-run'] || plan.changes.length === 0
    if (isDone) await this.logList(() => renderFleetPlan(plan, this.colors))
    else if (!flags.yes || !this.jsonEnabled()) this.logToStderr(renderFleetPlan(plan, this.stderrColors))
    for (const sentence of [...ended, ...roomMissing(plan)]) this.warn(sentence)
    if (!isDone && !flags.yes) await confirm(applyQuestion(plan), {otherwise: 'Nothing was changed.'})

    const {outcomes, ...changing} = fleetChanges(planned, (sentence) => this.log(sentence))
    if (!isDone) await this.carryOutAll(plan.changes, {...changing, pace, failFast: flags['fail-fast']})
    const document = applyDocument(plan, flags['dry-run'] ? 'dry run' : outcomes)
    return {...document, ...endApply(plan, outcomes, {isDetailed: flags['detailed-exitcode'], others: failures})}
  }

  protected override async catch(error: Error): Promise<void> {
    await super.catch(this.argv.includes('--detailed-exitcode') ? exitCodeTaken(error) : error)
  }
}
