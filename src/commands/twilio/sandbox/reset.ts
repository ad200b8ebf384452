import {rm} from 'node:fs/promises'

import {AkaCommand} from '../../../cli/base-command.js'
import {locally} from '../../../lib/local-files.js'
import {sandboxPath} from '../../../lib/session.js'
import type {SandboxResetDocument} from '../../../sandbox/document.js'

export default class TwilioSandboxReset extends AkaCommand {
  static override summary = 'empty the sandbox on this machine'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<SandboxResetDocument> {
    await this.parse(TwilioSandboxReset)
    const path = sandboxPath(this.machine)
    const suggestions = ['Check the folder and the disk, then run this again.'] as const
    await locally({doing: `remove ${path}`, suggestions}, () => rm(path, {force: true, recursive: true}))
    this.log('The sandbox is empty again.')
    return {reset: true}
  }
}
