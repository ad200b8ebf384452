import type {NumberSearchDocument} from '../../../../lib/number/document.js'
import {capabilityList, monthlyPrice} from '../../numbers.js'
import {table} from '../../table.js'

export function renderNumbers({numbers, currency}: NumberSearchDocument): string {
  const rows = numbers.map((number) => [
    number.phoneNumber,
    place(number),
    capabilityList(number.capabilities),
    price(number, currency),
  ])
  return table(['Number', 'Location', 'Capabilities', 'Price'], rows, {optional: [2, 1]})
}

/** What the prompt shows before a choice. */
const pointer = 2

/** A line for each number, for a list to choose from: as much as there is room for, the price in any case. */
export function alignedChoices({numbers, currency}: NumberSearchDocument, width: number): string[] {
  const rows = numbers.map((number) => [
    number.friendlyName,
    place(number),
    capabilityList(number.capabilities),
    price(number, currency),
  ])
  const forms = [
    [0, 1, 2, 3],
    [0, 1, 3],
    [0, 3],
  ].map((columns) =>
    table(
      [],
      rows.map((row) => columns.map((column) => row[column] ?? '')),
      {width: Infinity},
    ).split('\n'),
  )
  const fits = (lines: readonly string[]) => lines.every(({length}) => length <= width - pointer)
  return forms.find(fits) ?? forms.at(-1) ?? []
}

type Found = NumberSearchDocument['numbers'][number]

function place({locality, region}: Found): string {
  return [locality, region].filter(Boolean).join(', ') || '–'
}

function price({pricePerMonth}: Found, currency: string): string {
  return pricePerMonth === null ? '–' : monthlyPrice(pricePerMonth, currency)
}
