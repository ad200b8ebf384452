import {accountInPath} from '../../http/access.js'
import {decimal} from '../../http/format.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {totalOf, usageOf} from '../../world/usage.js'

/** What a main account has paid in, in US dollars. */
const PAID_IN = 1000
const ALWAYS = {from: '', to: '9999-12-31'}

export const balanceRoutes: readonly Route[] = [
  {
    product: 'api',
    method: 'GET',
    path: '/2010-04-01/Accounts/{AccountSid}/Balance.json',
    handle: (context) => {
      const {state, now} = context
      const account = accountInPath(context)
      const spent = totalOf(usageOf(state, account, now), 'totalprice', ALWAYS).price
      return json(200, {account_sid: account.sid, balance: decimal(PAID_IN - spent), currency: 'USD'})
    },
  },
]
