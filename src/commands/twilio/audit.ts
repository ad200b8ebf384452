import {Flags} from '@oclif/core'

import {accountsOfSpaces, withItsProfile} from '../../cli/accounts-of-spaces.js'
import {AkaCommand} from '../../cli/base-command.js'
import {yesFlag} from '../../cli/flags/common.js'
import {fixQuestion, renderAudit} from '../../cli/output/twilio/audit.js'
import {countProgress, progress} from '../../cli/progress.js'
import {confirm} from '../../cli/prompts.js'
import {audit} from '../../lib/audit/audit.js'
import {type AuditDocument, auditDocument, hasProblems} from '../../lib/audit/document.js'
import {fixAll} from '../../lib/audit/fix.js'
import {outcomes} from '../../lib/error-codes.js'
import type {Session} from '../../lib/session.js'

export default class TwilioAudit extends AkaCommand {
  static override summary =
    'compare the registry with subaccounts, app-spaces and config vars, and fix what is safe to fix'
  static override description = `Finds subaccounts of this tool that belong to no add-on (with what Twilio charged for them this month), add-ons whose subaccount was closed or whose app is gone, config vars that are missing or somebody else's, add-ons under another main account than the setting space-profiles gives their space, interrupted operations and orders, numbers in the main account, numbers whose SMS US carriers do not deliver, and add-ons without alerts. Each finding has the command that fixes it.

With --fix, config vars are restored, interrupted destructions finished, records of closed subaccounts removed, as are those of add-ons destroyed more than 13 months ago, and orphaned subaccounts closed if they had no calls and messages in this month and the last. Nothing is bought.

Exits 3 if a problem remains; what may be intended (a number in the main account, a number that is not registered, missing alerts) is a note and does not count.`
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
    const auditOne = async (session: Session) => {
      const context = await this.context(session, {wait: false})
      const belongsTo = accountsOfSpaces(session, (profile) => this.sessions.open({...flags, profile}))
      const audited = await withItsProfile(session, () => audit(context, {onProgress: countProgress, belongsTo}))
      return {...audited, context}
    }
    const {parts, read, failures} = await progress('comparing registry, subaccounts and app-spaces', () =>
      this.sessions.ofEachProfile(flags, auditOne),
    )
    const found = parts.map(({of, result}) => ({
      ...result,
      findings: result.findings.map((each) => ({...each, ...of})),
    }))
    const fixable = found.flatMap(({findings}) => findings).filter(({fix}) => fix !== null)
    const mayFix = flags.fix && fixable.length > 0
    if (mayFix && !flags.yes) await confirm(fixQuestion(fixable), {otherwise: 'Nothing was changed.'})
    const findings = mayFix ? await fixAll(found) : found.flatMap((each) => each.findings)
    const addons = found.reduce((all, each) => all + each.addons, 0)
    const document = auditDocument(findings, addons, read)
    this.log(() => renderAudit(document, this.colors))
    const errors = this.failWithResult(failures)
    if (hasProblems(findings)) process.exitCode = Math.max(Number(process.exitCode ?? 0), outcomes.plan.exitCode)
    return {...document, ...errors}
  }
}
