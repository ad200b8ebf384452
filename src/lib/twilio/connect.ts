import type Accounts from 'twilio/lib/rest/Accounts.js'
import type Api from 'twilio/lib/rest/Api.js'
import type Messaging from 'twilio/lib/rest/Messaging.js'
import type Numbers from 'twilio/lib/rest/Numbers.js'
import type Pricing from 'twilio/lib/rest/Pricing.js'
import type Supersim from 'twilio/lib/rest/Supersim.js'
import type Sync from 'twilio/lib/rest/Sync.js'
import type Trusthub from 'twilio/lib/rest/Trusthub.js'
import type Wireless from 'twilio/lib/rest/Wireless.js'

import {ourCommand} from '../command-line.js'
import {badCredentials, temporary} from '../errors.js'
import {rememberLogin} from '../secrets.js'
import type {SenderOptions, Transport} from '../transport/transport.js'
import {httpClient} from './http-client.js'

/** Who is asking: an account by its auth token, or by an API key of its own. */
export interface TwilioCredentials {
  readonly accountSid: string
  /** The account SID again, or the SID of an API key. */
  readonly username: string
  readonly password: string
}

/**
 * One account's view of Twilio: the official SDK, a domain at a time. A domain is loaded when it is first asked for,
 * because `import twilio from 'twilio'` takes longer than most calls (bench/).
 */
export interface TwilioAccount {
  readonly sid: string
  readonly usesApiKey: boolean
  readonly transport: Transport
  api(options?: SenderOptions): Promise<Api>
  /** Auth tokens, not the accounts themselves: they are in `api`. */
  accounts(options?: SenderOptions): Promise<Accounts>
  /** Messaging services and registrations, not the messages themselves: they are in `api`. */
  messaging(options?: SenderOptions): Promise<Messaging>
  numbers(options?: SenderOptions): Promise<Numbers>
  pricing(options?: SenderOptions): Promise<Pricing>
  sync(options?: SenderOptions): Promise<Sync>
  supersim(options?: SenderOptions): Promise<Supersim>
  trusthub(options?: SenderOptions): Promise<Trusthub>
  wireless(options?: SenderOptions): Promise<Wireless>
  /** Another account, over the same transport: a subaccount with its own token. */
  as(credentials: TwilioCredentials): TwilioAccount
}

export function connectTwilio(
  credentials: TwilioCredentials,
  {transport, endpoint}: {transport: Transport; endpoint: string | undefined},
): TwilioAccount {
  const {accountSid, username, password} = credentials
  rememberLogin(username, password)

  const client = async (options: SenderOptions | undefined) => {
    const {default: Base} = await import('twilio/lib/base/BaseTwilio.js')
    return new Base.Client(username, password, {
      accountSid,
      httpClient: httpClient({send: transport.sender(options), endpoint}),
    })
  }
  return {
    sid: accountSid,
    usesApiKey: username !== accountSid,
    transport,
    api: async (options) => new (await import('twilio/lib/rest/Api.js')).default(await client(options)),
    accounts: async (options) => new (await import('twilio/lib/rest/Accounts.js')).default(await client(options)),
    messaging: async (options) => new (await import('twilio/lib/rest/Messaging.js')).default(await client(options)),
    numbers: async (options) => new (await import('twilio/lib/rest/Numbers.js')).default(await client(options)),
    pricing: async (options) => new (await import('twilio/lib/rest/Pricing.js')).default(await client(options)),
    sync: async (options) => new (await import('twilio/lib/rest/Sync.js')).default(await client(options)),
    supersim: async (options) => new (await import('twilio/lib/rest/Supersim.js')).default(await client(options)),
    trusthub: async (options) => new (await import('twilio/lib/rest/Trusthub.js')).default(await client(options)),
    wireless: async (options) => new (await import('twilio/lib/rest/Wireless.js')).default(await client(options)),
    as: (other) => connectTwilio(other, {transport, endpoint}),
  }
}

/**
 * A subaccount by its own SID and token, which is how Twilio wants everything inside it to be done.
 * @throws {Failure} where Twilio did not show its token: `credentials` for an API key, which may not see it, else `temporary`.
 */
export function subaccount(
  main: TwilioAccount,
  {sid, authToken}: {readonly sid: string; readonly authToken: string},
): TwilioAccount {
  if (authToken) return main.as({accountSid: sid, username: sid, password: authToken})
  if (!main.usesApiKey) throw temporary('TWILIO_RESPONSE_INVALID', `Twilio did not show the auth token of ${sid}.`)
  throw badCredentials(
    'AUTH_TOKEN_HIDDEN',
    `Twilio does not show the auth token of ${sid} for these credentials.`,
    `Use the auth token of the main account: \`${ourCommand('twilio:login')}\`, or TWILIO_AUTH_TOKEN.`,
  )
}

/**
 * Who reads in a subaccount, whatever its status: the main account by its auth token. Its API keys end at the main account:
 * then the subaccount by its own token, which works while it is active.
 */
export async function readerIn(
  main: TwilioAccount,
  account: () => Promise<{sid: string; authToken: string}>,
): Promise<TwilioAccount> {
  return main.usesApiKey ? subaccount(main, await account()) : main
}
