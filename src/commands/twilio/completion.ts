import {basename, join} from 'node:path'
import {setTimeout} from 'node:timers/promises'

import {Flags} from '@oclif/core'

import {AkaCommand} from '../../cli/base-command.js'
import {candidates, type CompletableCommand, type Values} from '../../cli/completion/candidates.js'
import type {CompletionDocument} from '../../cli/completion/document.js'
import {completionScript, type Shell} from '../../cli/completion/scripts.js'
import {arg} from '../../cli/flags.js'
import {quotedForShell} from '../../cli/quoted-for-shell.js'
import {openSims} from '../../lib/sims/context.js'
import {simsDocument} from '../../lib/sims/document.js'
import {ledgerOf} from '../../lib/sims/reserve.js'

/** Longer than that nobody waits for a key. */
const TIMEOUT_MS = 2000

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
    else for (const each of await candidates(line, this.completable(), this.values(line))) this.log(each)
    return {shell, script}
  }

  private completable(): readonly CompletableCommand[] {
    return this.config.commands
  }

  private values(line: string): Values {
    const sandbox = line.includes('--sandbox')
    return {
      appSpaces: () =>
        soon(async () => {
          const registry = await (await this.session({sandbox})).registry()
          return (await registry.list()).records.map(({appSpace}) => appSpace)
        }),
      sims: (appSpace) =>
        soon(async () => {
          const {context, record} = await openSims(
            await this.context(await this.session({sandbox, appSpace})),
            appSpace,
          )
          return simsDocument(await ledgerOf(context, record), []).sims.map(({name, sid}) => name ?? sid)
        }),
    }
  }
}

/** What came in time; nothing where it failed, for nobody asked for an error. */
async function soon(read: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const late = new AbortController()
  const found = await Promise.race([
    read().catch(() => []),
    setTimeout(TIMEOUT_MS, undefined, {signal: late.signal}).catch(() => []),
  ])
  late.abort()
  if (found !== undefined) return found
  // The request would keep the process until its own end.
  process.exit(0)
}
