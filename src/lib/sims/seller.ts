import {ourCommand} from '../command-line.js'
import {Failure, UnknownOutcome} from '../errors.js'
import {checkSecret} from '../odd-characters.js'
import {quoted, rememberSecret, rememberUrl} from '../secrets.js'
import type {Transport} from '../transport/transport.js'
import type {HttpResponse} from '../transport/types.js'
import type {StoredAddress} from '../twilio/regulation.js'
import type {OrderRecord} from './order.js'

/** The administrator's ordering endpoint: docs/sim-orders.md is the contract. */
export interface Seller {
  readonly url: string
  /** Sent as a bearer token. */
  readonly token: string | undefined
}

/** @param url the setting `sim-order-url` */
export function sellerAt(url: string | undefined, env: NodeJS.ProcessEnv): Seller | undefined {
  return url ? {url, token: orderToken(env)} : undefined
}

/** @throws {Failure} `credentials` for what cannot be sent. */
function orderToken({AKA_TWILIO_SIM_ORDER_TOKEN: token = ''}: NodeJS.ProcessEnv): string | undefined {
  checkSecret(token.trim(), 'AKA_TWILIO_SIM_ORDER_TOKEN')
  return token.trim() || undefined
}

export interface Purchase {
  readonly order: OrderRecord
  readonly quantity: number
  readonly address: StoredAddress
}

/** The endpoint refused: nothing was ordered. */
export class SellerRefused extends Error {}

/** The endpoint knows an order by its id, so a request whose answer is lost is simply sent again. */
const tries = 4

/** Orders cards; repeating it does no harm. @returns the seller's reference, if it gives one. @throws {SellerRefused} */
export async function orderFromSeller(
  transport: Transport,
  {url, token}: Seller,
  {order, quantity, address}: Purchase,
): Promise<string | undefined> {
  rememberSecret(token)
  rememberUrl(url)
  const form = new URLSearchParams({
    OrderId: order.order,
    AppSpace: order.appSpace,
    AccountSid: order.accountSid,
    Quantity: String(quantity),
    AddressSid: address.sid,
    CustomerName: address.customerName,
    Street: address.street,
    StreetSecondary: address.streetSecondary,
    City: address.city,
    Region: address.region,
    PostalCode: address.postalCode,
    IsoCountry: address.isoCountry,
  })
  const request = {
    method: 'POST',
    url,
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'aka-twilio',
      ...(token !== undefined && {authorization: `Bearer ${token}`}),
    },
    body: form.toString(),
  } as const
  for (let retry = 1; ; retry++) {
    try {
      return referenceIn(await transport.sender()(request))
    } catch (error) {
      if (!(error instanceof UnknownOutcome) || retry === tries) throw error
      await transport.pause(retry)
    }
  }
}

function referenceIn({status, body}: HttpResponse): string | undefined {
  const {reference, message} = (body === '' ? {} : parsed(body)) as {reference?: unknown; message?: unknown}
  const reason = typeof message === 'string' ? quoted(message) : `HTTP ${status}`
  if (status === 401 || status === 403) {
    throw new Failure({
      code: 'ORDER_ENDPOINT_UNAUTHORIZED',
      message: `The ordering endpoint does not accept the login: ${reason}`,
      suggestions: [
        `Set AKA_TWILIO_SIM_ORDER_TOKEN, or remove the endpoint: ${ourCommand('twilio:settings unset sim-order-url')}`,
      ],
    })
  }
  if (status >= 300) throw new SellerRefused(reason)
  return typeof reference === 'string' ? quoted(reference, 200) : undefined
}

function parsed(body: string): object {
  try {
    return Object(JSON.parse(body)) as object
  } catch {
    return {message: body.trim()}
  }
}
