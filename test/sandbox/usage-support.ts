import {addUsage} from '../../src/sandbox/server/usage.js'
import {mainLogin, newSandbox, sdk, type Login} from './support.js'

/** A main account and a subaccount at a sandbox whose clock stands still until it is set. */
export async function usageWorld(start: string) {
  const sandbox = newSandbox({now: () => Date.parse(start)})
  const login = await mainLogin(sandbox)
  const main = sdk(sandbox, login)
  const {sid, authToken} = await main.api.v2010.accounts.create({friendlyName: 'sub'})
  const subLogin: Login = {username: sid, password: authToken}
  let time = Date.parse(start)
  return {
    sandbox,
    login,
    main,
    subLogin,
    sub: sdk(sandbox, subLogin),
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
