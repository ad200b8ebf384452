import type {HttpRequest, HttpResponse} from './types.js'

/** Where much is done at once: holds requests back, and learns from how they are answered. */
export interface Pace {
  /** Resolves when the request may be sent. */
  turn(request: HttpRequest, sleep: (milliseconds: number) => Promise<void>): Promise<void>
  /** @param tookMs from the request to its answer */
  answered(response: HttpResponse, tookMs: number): void
}
