/** One HTTP request, whoever answers it: Twilio, Akkeris, a server on loopback or the embedded sandbox. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Absolute, with its query. */
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface HttpResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Sends one request and gives the answer, whatever its status.
 * @throws {NoAnswer} when there is none.
 */
export type Send = (request: HttpRequest) => Promise<HttpResponse>

/** There was no (whole) answer. `sent: false` only when it is certain that the server never saw the request. */
export class NoAnswer extends Error {
  readonly sent: boolean
  /** How to fix it, where that is known. */
  readonly suggestion: string | undefined
  /** In all, where more of them hardly help. */
  readonly mostTries: number | undefined

  constructor(
    message: string,
    {
      sent,
      suggestion,
      mostTries,
      cause,
    }: {readonly sent: boolean; readonly suggestion?: string; readonly mostTries?: number; readonly cause?: unknown},
  ) {
    super(message, {cause})
    this.suggestion = suggestion
    this.mostTries = mostTries
    this.name = 'NoAnswer'
    this.sent = sent
  }
}

/** For one try. Twilio answers in well under a second, a purchase takes a few; leases are calculated with it (registry/lease.ts). */
export const timeoutMs = 15_000
