import {appOrNone} from '../../cli/aka-core.js'
import {AkaCommand} from '../../cli/base-command.js'
import {skippedItems} from '../../cli/output/sentences.js'
import {renderAddonList, renderConditions, renderNoAddons} from '../../cli/output/twilio/index.js'
import {type AddonListDocument, addonListDocument} from '../../lib/addon/document.js'
import {seeAll} from '../../lib/addon/see-all.js'
import {Failure} from '../../lib/errors.js'
import type {Session} from '../../lib/session.js'

export default class Twilio extends AkaCommand {
  static override summary = 'list the Twilio add-ons of the main account'
  static override description =
    'App-spaces with their plan, number, state and age, from the registry that all machines share; and what was done to them outside of this tool: subaccounts that were closed or suspended, config vars that are gone (of up to 100 add-ons).'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<AddonListDocument> {
    const {flags} = await this.parse(Twilio)
    const session = await this.session(flags)
    const registry = await session.registry()
    const {addons, unknown} = await seeAll(registry, akkerisOrNone(session))
    const document = addonListDocument(registry, addons)
    if (addons.length > 0) await this.logList(() => renderAddonList(document, this.colors))
    else this.log(renderNoAddons(document))
    const more = renderConditions(document, appOrNone(undefined, this.machine.env), this.colors)
    if (more !== undefined) this.logToStderr(more)
    if (unknown.length > 0) this.warn(skippedItems(unknown))
    return document
  }
}

/** The list needs no login to Akkeris. */
function akkerisOrNone(session: Session) {
  try {
    return session.akkeris()
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}
