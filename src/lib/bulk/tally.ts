import type {Failure} from '../errors.js'
import type {Ended} from './carry-out.js'

/** How far many are, and how they ended. */
export class Tally<Result> {
  readonly results: Result[] = []
  readonly failures: Failure[] = []
  readonly #all: number
  readonly #now: () => number
  readonly #startedAt: number

  constructor(all: number, now = () => performance.now()) {
    this.#all = all
    this.#now = now
    this.#startedAt = now()
  }

  count(ended: Ended<Result>): void {
    if ('failure' in ended) this.failures.push(ended.failure)
    else this.results.push(ended.result)
  }

  get ended(): number {
    return this.results.length + this.failures.length
  }

  /** How many failed, how fast it goes, and how long it will take. */
  progress(): string {
    const seconds = (this.#now() - this.#startedAt) / 1000
    const perSecond = this.ended / seconds
    const left = (this.#all - this.ended) / perSecond
    return [
      `${this.failures.length} failed`,
      `${perSecond.toFixed(1)} a second`,
      ...(this.ended < this.#all && Number.isFinite(left) ? [`about ${duration(left)} left`] : []),
    ].join(', ')
  }
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`
}
