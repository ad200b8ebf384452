import {AkaCommand} from '../../../cli/base-command.js'
import {allAddonsFlag, appFlag} from '../../../cli/flags/common.js'
import {skippedItems} from '../../../cli/output/sentences.js'
import {renderRegistrations} from '../../../cli/output/twilio/registration/all.js'
import {renderRegistration, renderStepsToGo} from '../../../cli/output/twilio/registration/index.js'
import {countProgress, progress} from '../../../cli/progress.js'
import {readFailures} from '../../../lib/batch.js'
import {
  type FleetRegistrationDocument,
  fleetRegistrationDocument,
  registrationDocument,
  type RegistrationsDocument,
} from '../../../lib/registration/document.js'
import {readAllRegistrations} from '../../../lib/registration/fleet.js'
import {readRegistration} from '../../../lib/registration/read.js'
import type {Session} from '../../../lib/session.js'

export default class TwilioRegistration extends AkaCommand {
  static override summary = "show the progress of registering an app-space's number for SMS to the US"
  static override description =
    'US carriers deliver SMS only from registered numbers: a local number needs a customer profile, an A2P profile, a brand, a messaging service and a campaign; a toll-free number needs a verification. All of them are read from Twilio, whoever created them. With --all, one line per add-on: the current step, and since when.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default',
    '<%= config.bin %> <%= command.id %> --all --json',
  ]
  static override flags = {app: appFlag, all: allAddonsFlag('app')}

  async run(): Promise<RegistrationsDocument> {
    const {flags} = await this.parse(TwilioRegistration)
    if (flags.all) return this.#all(await this.session(flags))
    const appSpace = await this.appSpace(flags.app)
    const document = registrationDocument(
      await readRegistration(await this.context(await this.session(flags)), appSpace),
    )
    const next = renderStepsToGo(document, this.colors)
    this.log([renderRegistration(document), ...(next === undefined ? [] : [next])].join('\n\n'))
    return document
  }

  async #all(session: Session): Promise<FleetRegistrationDocument> {
    const registry = await session.registry()
    const {entries, unknown} = await progress('reading the registration of every add-on', async () =>
      readAllRegistrations(registry, countProgress),
    )
    const document = fleetRegistrationDocument(entries)
    await this.logList(() => renderRegistrations(document))
    if (unknown.length > 0) this.warn(skippedItems(unknown))
    return {...document, ...this.failWithResult(readFailures(entries))}
  }
}
