import type {AuditDocument, AuditFinding} from '../../../lib/audit/document.js'
import {ourCommand} from '../../../lib/command-line.js'
import {compareText, count, numberOf} from '../../../lib/text.js'
import type {Colors} from '../colors.js'

/** A block for each finding, problems first. */
export function renderAudit({findings, addons, clean, profiles = []}: AuditDocument, colors: Colors): string {
  const {green, dim, red} = colors
  const unread = profiles.filter(({error}) => error !== null)
  const checked = `${numberOf(addons, 'add-on')} checked`
  const inOrder = findings.toSorted((a, b) => compareText(a.profile ?? '', b.profile ?? '') || rank(a) - rank(b))
  const left = findings.filter(({severity, fixed}) => severity === 'problem' && fixed !== true)
  const notes = findings.filter(({severity, fixed}) => severity === 'note' && fixed !== true)
  const found = [
    left.length === 0 ? 'no problems' : numberOf(left.length, 'problem'),
    ...(notes.length > 0 ? [numberOf(notes.length, 'note')] : []),
  ].join(' and ')
  const fixable = findings.filter(({fix, fixed}) => fix !== null && fixed === undefined)
  return [
    ...inOrder.flatMap((finding, at) => [
      ...(finding.profile === inOrder[at - 1]?.profile ? [] : [profileHeading(finding, colors)]),
      ...renderFinding(finding, colors),
    ]),
    ...unread.map(({profile}) => `${red('✖')} ${profile} could not be looked at.`),
    clean ? `${green('✔')} ${checked}: ${found}.` : `${checked}: ${found}.`,
    ...(fixable.length > 0
      ? [
          `${dim('→')} To fix ${fixable.length} of them: ${ourCommand(`twilio:audit --fix${profiles.length > 0 ? ' --profile all' : ''}`)}`,
        ]
      : []),
  ].join('\n')
}

function profileHeading({profile = '', mainAccountSid = ''}: AuditFinding, {bold}: Colors): string {
  return bold(`${profile} (${mainAccountSid})`)
}

/** Before it is done. */
export function fixQuestion(fixable: readonly AuditFinding[]): string {
  const what = fixable.map(({fix, appSpace, accountSid}) => `${appSpace ?? accountSid ?? ''} (${fix ?? ''})`)
  const more = what.length - 10
  return `Fix ${what.slice(0, 10).join(', ')}${more > 0 ? ` and ${more} more` : ''}?`
}

function renderFinding(finding: AuditFinding, {green, yellow, red, dim}: Colors): string[] {
  const {severity, detail, pricePerMonth, twilio, commands, fixed, notFixed} = finding
  const mark = fixed ? green('✔') : severity === 'problem' ? red('✖') : yellow('!')
  const cost = [
    ...(pricePerMonth === null || severity === 'note' ? [] : [`plan $${count(pricePerMonth)} a month`]),
    ...(twilio ? [`Twilio charged ${twilio.amount} ${twilio.currency.toUpperCase()} this month`] : []),
  ].join(', ')
  return [
    `${mark} ${detail}${cost && ` (${cost})`}${fixed ? ' Fixed.' : ''}`,
    ...(notFixed === undefined ? [] : [`  Not fixed: ${notFixed}`]),
    ...(fixed ? [] : commands.map((command) => `  ${dim('→')} ${command}`)),
  ]
}

function rank({severity, fixed}: AuditFinding): number {
  return severity === 'problem' ? (fixed === true ? 1 : 0) : 2
}
