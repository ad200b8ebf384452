import type {NumberSearchDocument} from '../../../../lib/number/document.js'
import {capabilityList, monthlyPrice} from '../../numbers.js'
import {table} from '../../table.js'

export function renderNumbers({numbers, currency}: NumberSearchDocument): string {
  const rows = numbers.map(({phoneNumber, locality, region, capabilities, pricePerMonth}) => [
    phoneNumber,
    [locality, region].filter(Boolean).join(', ') || '–',
    capabilityList(capabilities),
    pricePerMonth === null ? '–' : monthlyPrice(pricePerMonth, currency),
  ])
  return table(['Number', 'Location', 'Capabilities', 'Price'], rows, {optional: [2, 1]})
}
