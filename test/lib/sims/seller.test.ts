import {describe, expect, it} from '@jest/globals'

import {UnknownOutcome} from '../../../src/lib/errors.js'
import {orderFromSeller, type Purchase, SellerRefused} from '../../../src/lib/sims/seller.js'
import type {HttpRequest} from '../../../src/lib/transport/types.js'
import {stopClock} from '../../support/clock.js'
import {order} from '../../support/sim-records.js'

const seller = {url: 'https://cards.example.com/orders', token: 'secret-of-the-seller'}
const address = {customerName: 'Acme', street: '1 Main', streetSecondary: '', city: 'Provo', region: 'UT'}
const purchase = {
  order: order({order: 'ord-a'}),
  quantity: 2,
  address: {...address, sid: 'AD1', postalCode: '84601', isoCountry: 'US'},
} as Purchase

type Answer = {status: number; body?: string} | 'lost'

/** An endpoint that gives these answers, the last one for ever. */
function endpoint(...answers: Answer[]) {
  const requests: HttpRequest[] = []
  const send = async (request: HttpRequest) => {
    requests.push(request)
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    if (answer === undefined || answer === 'lost') throw new UnknownOutcome('lost')
    return {headers: {}, body: '', ...answer}
  }
  return {requests, buy: () => orderFromSeller({...stopClock(), sender: () => send}, seller, purchase)}
}

describe('the ordering endpoint', () => {
  it('gets the order as a form, with its id and the token', async () => {
    const {requests, buy} = endpoint({status: 201, body: '{"reference": "PO-7"}'})
    expect(await buy()).toBe('PO-7')
    expect(requests).toMatchObject([{method: 'POST', headers: {authorization: 'Bearer secret-of-the-seller'}}])
    expect(Object.fromEntries(new URLSearchParams(requests[0]?.body))).toMatchObject({
      OrderId: 'ord-a',
      Quantity: '2',
      AddressSid: 'AD1',
      IsoCountry: 'US',
    })
  })

  it.each([{status: 204}, {status: 200, body: '{}'}, {status: 200, body: '{"reference": 7}'}])(
    'need not give a reference: %j',
    async (answer) => {
      expect(await endpoint(answer).buy()).toBeUndefined()
    },
  )

  it('whose answer is lost gets the same order again', async () => {
    const {requests, buy} = endpoint('lost', 'lost', 'lost', {status: 200, body: '{"reference": "PO-7"}'})
    expect(await buy()).toBe('PO-7')
    expect(new Set(requests.map(({body}) => body)).size).toBe(1)
    await expect(endpoint('lost').buy()).rejects.toMatchObject({outcome: 'temporary'})
  })

  it.each([
    ['{"message": "only 1 left"}', 'only 1 left'],
    ['only 1 left', 'only 1 left'],
    ['', 'HTTP 422'],
    ['{"message": "no secret-of-the-seller"}', 'no ********ller'],
  ])('that refuses is quoted: %s', async (body, message) => {
    const refusal = await endpoint({status: 422, body})
      .buy()
      .catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(SellerRefused)
    expect((refusal as Error).message).toBe(message)
  })

  it.each([401, 403])('that does not take the token is exit 5 (%s)', async (status) => {
    await expect(endpoint({status}).buy()).rejects.toMatchObject({
      code: 'ORDER_ENDPOINT_UNAUTHORIZED',
      outcome: 'credentials',
    })
  })
})
