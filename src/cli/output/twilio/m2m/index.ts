import type {ListedSimMessage} from '../../../../lib/sims/document.js'
import {printable} from '../../../../lib/text.js'
import {table} from '../../table.js'

/** Oldest first, as they scroll by. */
export function renderMessages(messages: readonly ListedSimMessage[]): string {
  if (messages.length === 0) return 'There are no messages.'
  return table(['Time (UTC)', 'SIM', 'Direction', 'Status', 'Payload'], messages.toReversed().map(cells))
}

/** One that has just come. */
export function renderMessage(message: ListedSimMessage): string {
  return table([], [cells(message)])
}

function cells({createdAt, sim, simName, direction, status, payload, binary}: ListedSimMessage): string[] {
  const time = createdAt.slice(0, 19).replace('T', ' ')
  return [time, simName ?? sim, direction, status, binary ? `${payload} (Base64)` : printable(payload)]
}
