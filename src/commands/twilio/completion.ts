import {basename, join} from 'node:path'

import {Flags} from '@oclif/core'

import {AkaCommand} from '../../cli/base-command.js'
import {candidates} from '../../cli/completion/candidates.js'
import type {CompletionDocument} from '../../cli/completion/document.js'
import {completionScript, type Shell} from '../../cli/completion/scripts.js'
import {valuesOf} from '../../cli/completion/values.js'
import {arg} from '../../cli/flags/common.js'
import {quotedForShell} from '../../cli/quoted-for-shell.js'

export default class TwilioCompletion extends AkaCommand {
  static override summary = 'print the completion script for bash, zsh or fish'
  static override description =
    'Completes commands, flags, plans, app-spaces and SIM names. Add it to ~/.bashrc or ~/.zshrc with eval, to ~/.config/fish/config.fish with `| source`.'
  static override examples = ['<%= config.bin %> <%= command.id %> bash']
  static override args = {
    shell: arg({description: 'the shell', options: ['bash', 'zsh', 'fish'], default: 'bash'}),
  }
  static override flags = {line: Flags.string({hidden: true, description: 'what was typed so far'})}

  async run(): Promise<CompletionDocument> {
    const {args, flags} = await this.parse(TwilioCompletion)
    const {line} = flags
    const shell = args.shell as Shell
    const program = basename(this.config.bin) === 'aka' ? 'aka' : 'aka-twilio'
    const run = [process.execPath, join(this.config.root, 'bin', 'run.js')].map(quotedForShell).join(' ')
    const script = completionScript(shell, {program, run})
    if (line === undefined) this.log(script)
    else for (const each of await this.#candidates(line)) this.log(each)
    return {shell, script}
  }

  async #candidates(line: string): Promise<readonly string[]> {
    const sandbox = line.includes('--sandbox')
    const values = valuesOf({
      session: (appSpace) => this.session({sandbox, appSpace}),
      context: (session) => this.context(session),
    })
    return candidates(line, this.config.commands, values)
  }
}
