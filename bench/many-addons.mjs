/** As much of Twilio as `twilio:usage --all` asks for, with many add-ons; every answer takes its time. Tells its port on stdout. */
import {createServer} from 'node:http'
import {setTimeout} from 'node:timers'

const [addOns = 0, latencyMs = 0] = process.argv.slice(2).map(Number)
const main = `AC${'0'.repeat(32)}`
/** @param {number} index */
const sidOf = (index) => `AC${index.toString(16).padStart(32, '0')}`
const all = Array.from({length: addOns}, (_, index) => index + 1)
const now = new Date()
const [from, to] = [`${now.toISOString().slice(0, 8)}01`, now.toISOString().slice(0, 10)]

/** @param {number} index */
const itemOf = (index) => ({
  key: `app${index}-prod`,
  data: {
    v: 1,
    appSpace: `app${index}-prod`,
    host: 'apps.example.com',
    plan: ['small', 'medium', 'large'][index % 3],
    state: 'ready',
    intent: {operation: 'create', plan: 'small', country: 'US', type: 'local'},
    accountSid: sidOf(index),
    reservations: [],
    nonce: 'n',
    createdAt: '2026-01-01T00:00:00.000Z',
  },
  revision: '1',
  date_updated: '2026-01-01T00:00:00Z',
})
/**
 * As long as Twilio's, down to the links to everything else of an account.
 * @param {string} base
 * @param {string} names
 */
const links = (base, names) => Object.fromEntries(names.split(' ').map((name) => [name, `${base}/${name}.json`]))
/** @param {string} sid */
const accountOf = (sid) => ({
  sid,
  owner_account_sid: main,
  friendly_name: `app-space of ${sid}`,
  auth_token: sid.slice(2),
  status: 'active',
  type: 'Full',
  date_created: 'Thu, 01 Jan 2026 00:00:00 +0000',
  date_updated: 'Thu, 01 Jan 2026 00:00:00 +0000',
  uri: `/2010-04-01/Accounts/${sid}.json`,
  subresource_uris: links(
    `/2010-04-01/Accounts/${sid}`,
    'Addresses Applications AuthorizedConnectApps AvailablePhoneNumbers Balance Calls Conferences ConnectApps ' +
      'IncomingPhoneNumbers Keys Messages Notifications OutgoingCallerIds Queues Recordings SIP ShortCodes ' +
      'SigningKeys Transcriptions Usage',
  ),
})
/** @param {string} sid @param {string | null} category */
const recordOf = (sid, category) => {
  const base = `/2010-04-01/Accounts/${sid}/Usage/Records`
  return {
    account_sid: sid,
    api_version: '2010-04-01',
    category,
    description: category,
    count: '1',
    count_unit: 'messages',
    usage: String(Number.parseInt(sid.slice(-6), 16) * 3),
    usage_unit: 'messages',
    price: '1.5',
    price_unit: 'usd',
    as_of: now.toISOString(),
    start_date: from,
    end_date: to,
    subresource_uris: links(base, 'AllTime Daily LastMonth Monthly ThisMonth Today Yearly Yesterday'),
    uri: `${base}.json?Category=${category}&StartDate=${from}&EndDate=${to}`,
  }
}

/** @param {URL} url */
function answer({pathname, searchParams}) {
  const page = Number(searchParams.get('Page') ?? 0)
  const size = Number(searchParams.get('PageSize') ?? 50)
  const shown = all.slice(page * size, (page + 1) * size)
  const next = (page + 1) * size < all.length
  if (pathname.endsWith('/Items')) {
    const url = `https://sync.twilio.com${pathname.slice('/sync.twilio.com'.length)}?PageSize=${size}&Page=${page + 1}`
    return {items: shown.map(itemOf), meta: {key: 'items', next_page_url: next ? url : null}}
  }
  if (pathname.endsWith('/Accounts.json')) {
    const uri = next ? `/2010-04-01/Accounts.json?PageSize=${size}&Page=${page + 1}` : null
    return {accounts: shown.map((index) => accountOf(sidOf(index))), next_page_uri: uri}
  }
  const [, sid = ''] = /\/Accounts\/(\w+)\/Usage\//.exec(pathname) ?? []
  return {usage_records: [recordOf(sid, searchParams.get('Category'))], next_page_uri: null}
}

const server = createServer((request, response) => {
  const body = JSON.stringify(answer(new URL(request.url ?? '/', 'http://localhost')))
  setTimeout(() => response.writeHead(200, {'content-type': 'application/json'}).end(body), latencyMs)
}).listen(0, '127.0.0.1', () => console.log(/** @type {import('node:net').AddressInfo} */ (server.address()).port))
