import {AkaCommand} from '../../../cli/base-command.js'
import {choiceFlags, numberOptionsOf, regulatoryFlags} from '../../../cli/flags/number.js'
import {renderNumbers} from '../../../cli/output/twilio/number/search.js'
import {type NumberSearchDocument, numberSearchDocument} from '../../../lib/number/document.js'
import {checkOptions} from '../../../lib/number/options.js'
import {listChoices} from '../../../lib/number/search.js'
import {standardCountry} from '../../../lib/settings.js'
import {fetchNumberPrices} from '../../../lib/twilio/pricing.js'

export default class TwilioNumberSearch extends AkaCommand {
  static override summary = 'show numbers that can be bought now, with their monthly price'
  static override description =
    'Up to twenty numbers with voice and SMS, from which addons:create and twilio:number:change would choose. Nothing is bought.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --area-code 801',
    '<%= config.bin %> <%= command.id %> --number-type toll-free --contains PIZZA',
  ]
  static override flags = {...choiceFlags, ...regulatoryFlags}

  async run(): Promise<NumberSearchDocument> {
    const {flags} = await this.parse(TwilioNumberSearch)
    const session = await this.session(flags)
    const {options} = checkOptions(numberOptionsOf(flags), {standardCountry: standardCountry(session.settings)})
    const main = await session.main()
    const [numbers, prices] = await Promise.all([listChoices(main, options), fetchNumberPrices(main, options.country)])
    const document = numberSearchDocument(options, numbers, prices)
    await this.logList(() => renderNumbers(document))
    return document
  }
}
