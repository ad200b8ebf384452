import {Flags} from '@oclif/core'

import {AkaCommand} from '../../../cli/base-command.js'
import {readCards} from '../../../cli/cards.js'
import {appFlag, arg, networkCountryFlag, timeoutFlag} from '../../../cli/flags/common.js'
import {renderCards} from '../../../cli/output/twilio/sims/register.js'
import {standardCountry} from '../../../lib/settings.js'
import {openSims} from '../../../lib/sims/context.js'
import {type CardsRegisteredDocument, cardsRegisteredDocument} from '../../../lib/sims/document.js'
import {registerCards} from '../../../lib/sims/register.js'

export default class TwilioSimsRegister extends AkaCommand {
  static override summary = 'register SIM cards that have arrived'
  static override description = `One card by its ICCID and code, or many from a file (--file cards.csv, - for standard input) with lines ICCID,CODE or ICCID,CODE,NAME. They count for the orders that wait for cards; others need room under the plan's limit. Safe to repeat: cards that are already registered are left as they are.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default 89883070000012345678 --code H3LL0C0D3X',
    '<%= config.bin %> <%= command.id %> -a api-default --file cards.csv --activate --fleet vans',
  ]
  static override args = {iccid: arg({description: 'printed on the card'})}
  static override flags = {
    app: appFlag,
    code: Flags.string({description: 'registration code, printed on the card', helpValue: 'CODE'}),
    name: Flags.string({description: 'name for the SIM [default: the app-space and the last digits]'}),
    file: Flags.string({
      description: 'many cards; - for standard input',
      helpValue: 'FILE',
      exclusive: ['code', 'name'],
    }),
    order: Flags.string({description: 'count them for this order', helpValue: 'ORDER'}),
    activate: Flags.boolean({description: 'activate them too'}),
    fleet: Flags.string({
      description: 'fleet to activate them in [default: the only one; created if there is none]',
      dependsOn: ['activate'],
    }),
    country: networkCountryFlag({dependsOn: ['activate']}),
    timeout: timeoutFlag,
  }

  async run(): Promise<CardsRegisteredDocument> {
    const {args, flags} = await this.parse(TwilioSimsRegister)
    const appSpace = await this.appSpace(flags.app)
    const cards = await readCards(args.iccid, flags)
    const session = await this.session(flags)
    const {context} = await openSims(await this.context(session), appSpace)
    const country = flags.country ?? standardCountry(session.settings)
    const activate = flags.activate ? {group: flags.fleet, country} : undefined
    const {cards: registered, unsettled} = await registerCards(context, {cards, order: flags.order, activate})
    const document = cardsRegisteredDocument(appSpace, registered)
    this.log(renderCards(document, this.colors))
    if (document.failed > 0)
      this.logToStderr(`\n${document.failed} of ${registered.length} failed; fix what is wrong, then run this again.`)
    const failed = this.failWithResult(unsettled ? [unsettled] : [])
    const codes = [failed.error, ...document.cards.map(({problem}) => problem)].map((each) => each?.exitCode ?? 0)
    process.exitCode = Math.max(...codes)
    return {...document, ...failed}
  }
}
