import {Flags} from '@oclif/core'

import {AkaCommand} from '../../../cli/base-command.js'
import {sandboxFlags} from '../../../cli/flags/sandbox.js'
import {exportLines} from '../../../cli/output/shell.js'
import {trustHint} from '../../../cli/output/twilio/sandbox/trust.js'
import {runCommand} from '../../../cli/run-command.js'
import {sandboxPath} from '../../../lib/session.js'
import type {SandboxDocument} from '../../../sandbox/document.js'
import {USUAL_PORT} from '../../../sandbox/served.js'

export default class TwilioSandbox extends AkaCommand {
  static override summary = 'serve the sandbox on this machine, for other programs'
  static override description = `The same sandbox that --sandbox uses, as a server on loopback: Twilio under /api.twilio.com/…, /sync.twilio.com/… and so on, Akkeris under /apps/…. Prints the environment that points this tool at it, then serves until Ctrl-C, and delivers webhooks to applications on this machine. It has only what the commands and an add-on's app use of Twilio.`
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --port 0 --json',
    '<%= config.bin %> <%= command.id %> --exec "npm test"',
    '<%= config.bin %> <%= command.id %> --proxy --exec "python3 app.py"',
  ]
  static override flags = {
    port: Flags.integer({
      description: `port to listen on; 0 takes a free one [default: ${USUAL_PORT}; with --exec, a free one]`,
      min: 0,
      max: 65_535,
    }),
    exec: Flags.string({
      description: 'run this command with the environment set, and end when it ends, with its exit code',
      helpValue: 'COMMAND',
    }),
    ...sandboxFlags,
  }

  async run(): Promise<SandboxDocument | undefined> {
    const {flags} = await this.parse(TwilioSandbox)
    const {startSandbox} = await import('../../../sandbox/server/start.js')
    const {url, environment, certificate, close} = await startSandbox({
      path: sandboxPath(this.machine),
      memory: flags.memory,
      seed: flags.seed,
      strictUs: flags['strict-us'],
      proxy: flags.proxy,
      port: flags.port ?? (flags.exec === undefined ? USUAL_PORT : 0),
    })
    if (flags.exec !== undefined) {
      process.exitCode = await runCommand(flags.exec, environment, this.interruption.happened())
      await close()
      return undefined
    }
    const document = {url, environment, ...(certificate !== undefined && {certificate})}
    // Who started it waits for this, not for its end.
    if (this.jsonEnabled()) this.logJson(document)
    else this.print(exportLines(environment))
    if (certificate !== undefined) this.logToStderr(trustHint(certificate))
    this.logToStderr(`Serving on ${url} until Ctrl-C.`)
    await this.interruption.happened()
    await close()
    return this.jsonEnabled() ? undefined : document
  }
}
