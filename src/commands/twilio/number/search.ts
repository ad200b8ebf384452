import {listChoices} from '../../../lib/number/search.js'
import {AkaCommand} from '../../../cli/base-command.js'
import {choiceFlags, regulatoryFlags, numberOptionsOf} from '../../../cli/number-flags.js'
import {capabilitiesInWords} from '../../../lib/number/format.js'
import {monthly} from '../../../lib/number/price.js'
import {checkOptions} from '../../../lib/number/options.js'
import {definitions} from '../../../lib/settings.js'
import {table} from '../../../cli/output/table.js'
import {fetchNumberPrices} from '../../../lib/twilio/pricing.js'

export default class TwilioNumberSearch extends AkaCommand {
  static override summary = 'show numbers that can be bought now, with what they cost a month'
  static override description =
    'Numbers that can do voice and SMS, as addons:create and twilio:number:change would choose from them; twenty at most. Nothing is bought.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --area-code 801',
    '<%= config.bin %> <%= command.id %> --number-type toll-free --contains PIZZA',
  ]
  static override flags = {...choiceFlags, ...regulatoryFlags}

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioNumberSearch)
    const session = await this.session(flags)
    const standardCountry = session.settings.country ?? definitions.country.standard
    const {options} = checkOptions(numberOptionsOf(flags), {standardCountry})
    const main = await session.main()
    const [numbers, {currency, perMonth}] = await Promise.all([
      listChoices(main, options),
      fetchNumberPrices(main, options.country),
    ])
    const price = perMonth[options.type]
    const priceShown = price === undefined ? '–' : monthly({perMonth: price, currency})
    const rows = numbers.map(({e164, locality, region, capabilities}) => [
      e164,
      [locality, region].filter(Boolean).join(', ') || '–',
      capabilitiesInWords(capabilities),
      priceShown,
    ])
    this.log(await table(['Number', 'Place', 'Can do', 'Price'], rows))
    const {country, type} = options
    return {
      country,
      type,
      currency,
      numbers: numbers.map(({e164, friendlyName, locality, region, capabilities}) => ({
        phoneNumber: e164,
        friendlyName,
        locality,
        region,
        capabilities,
        pricePerMonth: price,
      })),
    }
  }
}
