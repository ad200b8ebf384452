import {appOrNone} from '../../cli/aka-core.js'
import {AkaCommand} from '../../cli/base-command.js'
import {noAddons, skippedItems} from '../../cli/output/sentences.js'
import {renderAddonList} from '../../cli/output/twilio/index.js'
import {type AddonListDocument, addonListDocument} from '../../lib/addon/document.js'
import {ourCommand} from '../../lib/command-line.js'

export default class Twilio extends AkaCommand {
  static override summary = 'list the Twilio add-ons of the main account'
  static override description =
    'App-spaces with their plan, number, state and age, from the registry that all machines share.'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<AddonListDocument> {
    const {flags} = await this.parse(Twilio)
    const session = await this.session(flags)
    const registry = await session.registry()
    const {records, unknown} = await registry.list()
    const document = addonListDocument(registry.name, records)
    if (records.length > 0) this.log(() => renderAddonList(document))
    else {
      this.log(noAddons)
      this.logToStderr(
        `To create one: ${ourCommand(`addons:create twilio:small -a ${appOrNone(undefined, this.machine.env) ?? 'APP-SPACE'}`)}`,
      )
    }
    if (unknown.length > 0) this.warn(skippedItems(unknown))
    return document
  }
}
