import {outcomes} from '../lib/error-codes.js'
import {Failure} from '../lib/errors.js'
import {endProgress, writeToStderr} from './progress.js'
import {onStdoutLost} from './streams.js'

/** Ctrl-C once ends a run after the request in progress, twice at once. */
export class Interruption {
  readonly #controller = new AbortController()
  #isFollowing = false
  readonly #onSignal = () => this.#interrupt()

  get signal(): AbortSignal {
    return this.#controller.signal
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
    // Nothing is changed that would have to be awaited.
    if (!this.#isFollowing)
      writeToStderr('Stopping after the request in progress; press Ctrl-C again to stop immediately.')
    this.#controller.abort()
  }
}
