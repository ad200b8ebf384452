import {outcomes} from '../lib/error-codes.js'
import {Failure} from '../lib/errors.js'
import {endProgress, writeToStderr} from './progress.js'
import {onStdoutLost} from './streams.js'

/** Ctrl-C once ends a run after the request in progress, twice at once. */
export class Interruption {
  readonly #controller = new AbortController()
  readonly #stopping = new AbortController()
  #isFollowing = false
  #underWay: string | undefined
  readonly #onSignal = () => this.#interrupt()

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Aborted at the first Ctrl-C already where what is under way comes to its end: nothing more is to be begun. */
  get stopping(): AbortSignal {
    return this.#stopping.signal
  }

  /** For what does many things: the first Ctrl-C lets those end that are under way, and only the second interrupts them. */
  endFirst(underWay: string): void {
    this.#underWay = underWay
  }

  listen(): void {
    process.on('SIGINT', this.#onSignal)
    process.on('SIGTERM', this.#onSignal)
  }

  stopListening(): void {
    process.off('SIGINT', this.#onSignal)
    process.off('SIGTERM', this.#onSignal)
  }

  /**
   * Work of the processor alone, such as a long table. A signal would not be heard before its end; as nothing is under way, it ends the run
   * at once.
   */
  whileComputing<Result>(work: () => Result): Result {
    this.stopListening()
    try {
      return work()
    } finally {
      this.listen()
    }
  }

  /** Resolves at Ctrl-C; for commands that run until then. */
  async happened(): Promise<void> {
    if (!this.signal.aborted)
      await new Promise((resolve) => this.signal.addEventListener('abort', resolve, {once: true}))
  }

  /** For what goes on until Ctrl-C, or until nobody reads it: that is how it ends, not how it fails. */
  async untilInterrupted(work: () => Promise<void>): Promise<void> {
    this.#isFollowing = true
    const forget = onStdoutLost(() => this.#controller.abort())
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Failure) || error.outcome !== 'interrupted') throw error
    } finally {
      this.#isFollowing = false
      forget()
    }
  }

  #interrupt(): void {
    if (this.signal.aborted) {
      endProgress()
      process.exit(outcomes.interrupted.exitCode)
    }
    if (this.#underWay !== undefined && !this.stopping.aborted) {
      writeToStderr(
        `Ending what is under way (${this.#underWay}); press Ctrl-C again to stop after the requests in progress.`,
      )
      return this.#stopping.abort()
    }
    // Nothing is changed that would have to be awaited.
    if (!this.#isFollowing)
      writeToStderr('Stopping after the request in progress; press Ctrl-C again to stop immediately.')
    this.#stopping.abort()
    this.#controller.abort()
  }
}
