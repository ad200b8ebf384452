import {Flags} from '@oclif/core'

import {AkaCommand} from '../../cli/base-command.js'
import {yesFlag} from '../../cli/flags.js'
import {fixQuestion, renderAudit} from '../../cli/output/twilio/audit.js'
import {countProgress, progress} from '../../cli/progress.js'
import {confirm} from '../../cli/prompts.js'
import {audit} from '../../lib/audit/audit.js'
import {type AuditDocument, auditDocument} from '../../lib/audit/document.js'
import {fixFindings} from '../../lib/audit/fix.js'
import {outcomes} from '../../lib/error-codes.js'

export default class TwilioAudit extends AkaCommand {
  static override summary =
    'compare the registry with subaccounts, app-spaces and config vars, and fix what is safe to fix'
  static override description = `Finds subaccounts of ours that no add-on has (with what Twilio charged for them this month), add-ons whose subaccount was closed or whose app is gone, config vars that are missing or of somebody else, operations and orders that stopped half way, numbers in the main account, numbers that US carriers deliver no SMS of, and add-ons without alerts. Each finding has the command that fixes it.

With --fix, config vars are restored, interrupted destructions finished, records of closed subaccounts removed, and orphaned subaccounts closed that had no calls and messages in this month and the last. Nothing is bought.

Exits 3 where a problem is left; what may be as it should be (a number in the main account, a number that is not registered, missing alerts) is a note and does not count.`
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --fix --yes --json',
  ]
  static override flags = {
    fix: Flags.boolean({description: 'fix what is safe to fix'}),
    yes: yesFlag('do not ask'),
  }

  async run(): Promise<AuditDocument> {
    const {flags} = await this.parse(TwilioAudit)
    const context = await this.context(await this.session(flags), {wait: false})
    const found = await progress('comparing registry, subaccounts and app-spaces', () => audit(context, countProgress))
    const fixable = found.findings.filter(({fix}) => fix !== null)
    const mayFix = flags.fix && fixable.length > 0
    if (mayFix && !flags.yes) await confirm(fixQuestion(fixable), {otherwise: 'Nothing was changed.'})
    const findings = mayFix ? await fixFindings(context, found.findings) : found.findings
    const document = auditDocument(findings, found.addons)
    this.log(() => renderAudit(document, this.colors))
    if (!document.clean) process.exitCode = outcomes.plan.exitCode
    return document
  }
}
