import {rm} from 'node:fs/promises'

import {AkaCommand} from '../../../cli/base-command.js'
import {sandboxPath} from '../../../lib/session.js'
import type {SandboxResetDocument} from '../../../sandbox/document.js'

export default class TwilioSandboxReset extends AkaCommand {
  static override summary = 'empty the sandbox on this machine'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<SandboxResetDocument> {
    await this.parse(TwilioSandboxReset)
    await rm(sandboxPath(this.machine), {force: true})
    this.log('The sandbox is empty again.')
    return {reset: true}
  }
}
