import {asLocalFailure} from '../lib/local-files.js'

/** The first error of stdout: from then on nobody gets what is written to it. */
let stdoutError: NodeJS.ErrnoException | undefined
let isKept = false

const listeners = new Set<() => void>()

/** Calls the listener once nobody gets what is written to stdout. @returns what takes it back */
export function onStdoutLost(listener: () => void): () => void {
  listeners.add(listener)
  if (stdoutError) listener()
  return () => void listeners.delete(listener)
}

/**
 * A run goes on although nobody hears it any more (`2>&1 | head`, a full disk): what it has begun is brought to its end. stderr only
 * tells, so that its errors are nobody's concern; those of stdout are remembered.
 */
export function keepStreamErrors(): void {
  stdoutError = undefined
  if (isKept) return
  isKept = true
  catchErrors(process.stderr, () => undefined)
  catchErrors(process.stdout, (error) => {
    stdoutError ??= error
    for (const listener of listeners) listener()
  })
}

/** Node tells an error of a write to its callback and emits it; for a file some versions throw it. */
function catchErrors(stream: NodeJS.WriteStream, onError: (error: NodeJS.ErrnoException) => void): void {
  // Whoever listens (oclif does) would throw it.
  const emit = stream.emit.bind(stream) as (event: string | symbol, ...args: unknown[]) => boolean
  stream.emit = (event: string | symbol, ...args: unknown[]): boolean => {
    if (event !== 'error') return emit(event, ...args)
    onError(args[0] as NodeJS.ErrnoException)
    return true
  }
  const write = stream.write.bind(stream) as (chunk: unknown, encoding: unknown, done: () => void) => boolean
  stream.write = (chunk: unknown, ...more: unknown[]): boolean => {
    const [encoding, done] = typeof more[0] === 'function' ? [undefined, more[0]] : more
    const ended = (error?: NodeJS.ErrnoException | null): void => {
      if (error) onError(error)
      if (typeof done === 'function') (done as (error?: unknown) => void)(error)
    }
    try {
      return write(chunk, encoding, ended)
    } catch (error) {
      ended(error as NodeJS.ErrnoException)
      return true
    }
  }
}

/** Waits until everything is written. @returns why stdout did not take it; a reader that has had enough is no failure. */
export async function stdoutFailure(): Promise<unknown> {
  await new Promise<void>((resolve) => {
    process.stdout.write('', () => resolve())
  })
  if (!stdoutError || stdoutError.code === 'EPIPE') return undefined
  return asLocalFailure(stdoutError, {
    doing: 'write the result to standard output',
    suggestions: [
      `Only the output is lost: the command itself ended with exit code ${process.exitCode ?? 0}, and what it did is done.`,
    ],
  })
}

export function writeJson(document: object): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
}
