import {ourCommand} from '../../../../lib/command-line.js'
import type {SimsDocument} from '../../../../lib/sims/document.js'
import {table} from '../../table.js'

export function renderSims({appSpace, sims}: SimsDocument): string {
  if (sims.length === 0) return `${appSpace} has no SIMs.`
  const rows = sims.map(({sid, name, iccid, status, fleet, order}) =>
    [sid, name, iccid, status, fleet, order].map((cell) => cell ?? '–'),
  )
  return table(['SIM', 'Name', 'ICCID', 'Status', 'Fleet', 'Order'], rows, {optional: [5, 4, 2]})
}

/** The limit, beside the SIMs. */
export function renderLimit({appSpace, plan, limit, held, onOrder, sims}: SimsDocument): string {
  const order =
    sims.length === 0 ? `\nTo order some: ${ourCommand(`twilio:sims:order -a ${appSpace} --quantity N`)}` : ''
  return `\n${held} held and ${onOrder} on order of ${limit} (twilio:${plan}).${order}`
}
