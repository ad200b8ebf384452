import {usage} from './errors.js'

/** Codes that Unicode knows and that are no country's: unions, test regions, the unknown. */
const noCountries = ['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']

/** Made only when it is needed: that takes longer than to start Node. */
const names = () => new Intl.DisplayNames('en', {type: 'region', fallback: 'none'})

/** @throws {Failure} `usage` for what is no country's ISO 3166-1 code, with the code that was probably meant. */
export function checkCountry(text: string): string {
  const code = text.toUpperCase()
  if (/^[A-Z]{2}$/.test(code)) {
    // Deprecated and informal codes are known too: UK is canonically GB.
    const canonical = new Intl.Locale(`und-${code}`).region ?? code
    if (canonical === code && names().of(code) !== undefined && !noCountries.includes(code)) return code
    if (canonical !== code)
      throw usage(
        'COUNTRY_UNKNOWN',
        `There is no country ${text}.`,
        `Did you mean ${canonical} (${names().of(canonical) ?? canonical})?`,
      )
  }
  throw usage(
    'COUNTRY_UNKNOWN',
    `There is no country "${text}".`,
    'Give the two letters of ISO 3166, e.g. US, CA, GB or DE.',
  )
}
