import {addUsage} from '../../src/sandbox/server/usage.js'
import {mainAndSubaccount} from './accounts-support.js'

/** A main account and a subaccount at a sandbox whose clock stands still until it is set. */
export async function usageWorld(start: string) {
  const {sandbox, login, main, sid, subLogin, sub} = await mainAndSubaccount({now: () => Date.parse(start)})
  let time = Date.parse(start)
  return {
    sandbox,
    login,
    main,
    subLogin,
    sub,
    sid,
    setClock: async (to: string) => {
      await sandbox.advanceClock((Date.parse(to) - time) / 1000)
      time = Date.parse(to)
    },
    /** As a tester does it over HTTP. */
    use: (fields: Record<string, unknown>) =>
      sandbox.change((state, now) => addUsage(state, now, {accountSid: sid, category: 'sms', ...fields})),
  }
}

/** The records as [first day, last day, usage]. */
export function spans(records: readonly {startDate: Date; endDate: Date; usage: string}[]) {
  return records.map(({startDate, endDate, usage}) => [day(startDate), day(endDate), usage])
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}
