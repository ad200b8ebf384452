import type {ListedSimMessage} from '../../../../lib/sims/document.js'
import {printable} from '../../../../lib/text.js'
import {columnWidths, table} from '../../table.js'

const head = ['Time (UTC)', 'SIM', 'Direction', 'Status', 'Payload']

/** Oldest first, as they scroll by. */
export function renderMessages(messages: readonly ListedSimMessage[]): string {
  if (messages.length === 0) return 'There are no messages.'
  return table(head, messages.toReversed().map(cells))
}

/** One that has just come, in the columns of those that were shown before. */
export function renderMessage(message: ListedSimMessage, before: readonly ListedSimMessage[] = []): string {
  return table([], [cells(message)], {least: before.length === 0 ? [] : columnWidths([head, ...before.map(cells)])})
}

function cells({createdAt, sim, simName, direction, status, payload, binary}: ListedSimMessage): string[] {
  const time = createdAt.slice(0, 19).replace('T', ' ')
  return [time, simName ?? sim, direction, status, binary ? `${payload} (Base64)` : printable(payload)]
}
