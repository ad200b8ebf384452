import {createServer, type IncomingMessage} from 'node:http'
import type {AddressInfo} from 'node:net'
import {text} from 'node:stream/consumers'

/** What the ordering endpoint of a test was asked. */
interface Purchase {
  readonly form: Readonly<Record<string, string>>
  readonly authorization: string | undefined
  readonly contentType: string | undefined
}

/** What it does with a request. `drop`: the order takes effect, and the connection ends without an answer. */
export type SellerAnswer = 'drop' | {readonly status: number; readonly body?: string}

export interface Seller {
  readonly url: string
  readonly purchases: readonly Purchase[]
  /** By OrderId: how many cards were sold. An order that is sent again is the same order. */
  readonly sold: ReadonlyMap<string, number>
  /** The answers to come, one for each request; after them every order is accepted. */
  readonly answers: SellerAnswer[]
  close(): Promise<void>
}

/** An administrator's ordering endpoint on loopback. */
export async function startSeller(...answers: SellerAnswer[]): Promise<Seller> {
  const purchases: Purchase[] = []
  const sold = new Map<string, number>()
  const take = async (request: IncomingMessage): Promise<SellerAnswer> => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)))
    const {authorization, 'content-type': contentType} = request.headers
    purchases.push({form, authorization, contentType})
    const {OrderId = '', Quantity} = form
    const answer = answers.shift() ?? {status: 201, body: JSON.stringify({reference: `PO-${OrderId.slice(4)}`})}
    if (answer === 'drop' || answer.status < 300) sold.set(OrderId, Number(Quantity))
    return answer
  }
  const server = createServer((request, response) => {
    void take(request).then((answer) => {
      if (answer === 'drop') request.socket.destroy()
      else response.writeHead(answer.status, {'content-type': 'application/json'}).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`,
    purchases,
    sold,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
