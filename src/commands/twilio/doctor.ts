import {AkaCommand} from '../../cli/base-command.js'
import {examine, verdict, type Finding} from '../../lib/doctor.js'
import {redact} from '../../lib/secrets.js'
import {printable} from '../../lib/text.js'

export default class TwilioDoctor extends AkaCommand {
  static override summary = 'check everything that add-ons need: credentials, account, Akkeris, clock, versions'
  static override description =
    'One line a check, with the way out where one fails; the exit code is the highest that failed.'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioDoctor)
    const findings = (await examine(await this.session(flags), this.machine, this.config.version)).map(clean)
    const width = Math.max(...findings.map(({check}) => check.length))
    const {green, yellow, red, dim} = this.colors
    const marks = {ok: green('✔'), warning: yellow('!'), failed: red('✖'), skipped: dim('–')}
    for (const {check, status, detail, suggestions} of findings) {
      this.log(`${marks[status]} ${check.padEnd(width)}  ${detail}`)
      for (const each of suggestions) this.log(`  ${' '.repeat(width)}  ${dim('→')} ${each}`)
    }
    process.exitCode = verdict(findings)
    return {healthy: process.exitCode === 0, exitCode: process.exitCode, findings}
  }
}

function clean(finding: Finding): Finding {
  const safe = (text: string) => redact(printable(text))
  return {...finding, detail: safe(finding.detail), suggestions: finding.suggestions.map(safe)}
}
