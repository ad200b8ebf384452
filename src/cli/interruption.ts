import {outcomes} from '../lib/error-codes.js'
import {Failure} from '../lib/errors.js'
import {endProgress, writeToStderr} from './progress.js'

/** Ctrl-C once ends a run after the request in progress, twice at once. A reader of stdout that left ends it, too. */
export class Interruption {
  readonly #controller = new AbortController()
  readonly #onSignal = () => this.#interrupt()

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  listen(): void {
    process.on('SIGINT', this.#onSignal)
    process.on('SIGTERM', this.#onSignal)
    process.stdout.on('error', leaveOnBrokenPipe)
  }

  stopListening(): void {
    process.off('SIGINT', this.#onSignal)
    process.off('SIGTERM', this.#onSignal)
    process.stdout.off('error', leaveOnBrokenPipe)
  }

  /** Resolves at Ctrl-C; for commands that run until then. */
  async happened(): Promise<void> {
    if (!this.signal.aborted)
      await new Promise((resolve) => this.signal.addEventListener('abort', resolve, {once: true}))
  }

  #interrupt(): void {
    if (this.signal.aborted) process.exit(outcomes.interrupted.exitCode)
    endProgress('!')
    writeToStderr('Stopping after the request in progress; press Ctrl-C again to stop immediately.')
    this.#controller.abort()
  }
}

/** For what goes on until Ctrl-C: that is how it ends, not how it fails. */
export async function untilInterrupted(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Failure) || error.outcome !== 'interrupted') throw error
  }
}

/** `aka … | head`: whoever read the result has had enough of it. */
function leaveOnBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
}
