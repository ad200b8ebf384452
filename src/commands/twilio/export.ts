import {Flags} from '@oclif/core'

import {AkaCommand} from '../../cli/base-command.js'
import {skippedItems} from '../../cli/output/sentences.js'
import {fleetYaml, secretsLeftOut} from '../../cli/output/twilio/export.js'
import {countProgress, progress} from '../../cli/progress.js'
import type {ExportDocument} from '../../lib/fleet/document.js'
import {exportFleet} from '../../lib/fleet/export.js'

export default class TwilioExport extends AkaCommand {
  static override summary = 'print the existing Twilio add-ons as a file for twilio:apply'
  static override description = `Every add-on of this Akkeris with its plan, the options that chose its number (not the number itself), its webhooks and its alerts, as YAML; with --json as JSON. Applying the file changes nothing.

URLs with a password or a token in them are left out, and so stay as they are when the file is applied; --show-secrets writes them, too.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> > fleet.yaml',
    '<%= config.bin %> <%= command.id %> --json > fleet.json',
  ]
  static override flags = {
    'show-secrets': Flags.boolean({description: 'write URLs with their passwords and tokens'}),
  }

  async run(): Promise<ExportDocument> {
    const {flags} = await this.parse(TwilioExport)
    const context = await this.context(await this.session(flags))
    const options = {showSecrets: flags['show-secrets'], onProgress: countProgress}
    const {document, secretUrls, unknown, failures} = await progress('reading every add-on', () =>
      exportFleet(context, options),
    )
    this.print(await fleetYaml(document, context))
    if (secretUrls.length > 0) this.warn(secretsLeftOut(secretUrls))
    if (unknown.length > 0) this.warn(skippedItems(unknown))
    return {...document, ...this.failWithResult(failures)}
  }
}
