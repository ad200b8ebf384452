import {rm} from 'node:fs/promises'

import {AkaCommand} from '../../../cli/base-command.js'
import {locally} from '../../../lib/local-files.js'
import {asksForEmbedded, sandboxPath} from '../../../lib/session.js'
import type {SandboxResetDocument} from '../../../sandbox/document.js'
import {requireServed, servedByEnvironment} from '../../../sandbox/served.js'

export default class TwilioSandboxReset extends AkaCommand {
  static override summary = 'empty the sandbox on this machine'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<SandboxResetDocument> {
    const {flags} = await this.parse(TwilioSandboxReset)
    const served = (await asksForEmbedded(this.machine, flags)) ? undefined : servedByEnvironment(this.machine.env)
    if (served === undefined) await this.#remove()
    else await requireServed(served, 'reset', {})
    this.log(served === undefined ? 'The sandbox is empty again.' : `The sandbox at ${served} is empty again.`)
    return {reset: true}
  }

  async #remove(): Promise<void> {
    const path = sandboxPath(this.machine)
    const suggestions = ['Check the folder and the disk, then run this again.'] as const
    await locally({doing: `remove ${path}`, suggestions}, () => rm(path, {force: true, recursive: true}))
  }
}
