import {mkdir, open, rename, rm, writeFile} from 'node:fs/promises'
import {dirname} from 'node:path'

import lockfile from 'proper-lockfile'

import {Failure} from '../../lib/errors.js'
import {completed, type State} from './state.js'

/** Where the sandbox's state is kept. `change` must be synchronous: that is what makes a handler atomic. */
export interface StateStore {
  /** What is stored, not to be changed; undefined before the first `transact`. */
  read(): Promise<State | undefined>
  transact<T>(change: (state: State) => T, init: () => State): Promise<T>
}

export function memoryStore(): StateStore {
  let state: State | undefined
  return {
    read: async () => state,
    transact: async (change, init) => change((state ??= init())),
  }
}

interface Snapshot {
  readonly identity: string
  readonly text: string
  readonly state: State
}

/** A JSON file, safe under parallel processes: writers hold a lock, and readers only ever see whole files. */
export function fileStore(path: string): StateStore {
  let snapshot: Snapshot | undefined
  let queue: Promise<unknown> = Promise.resolve()
  let writes = 0

  async function load(): Promise<Snapshot | undefined> {
    const file = await open(path, 'r').catch((error: unknown) => {
      if (isMissing(error)) return undefined
      throw error
    })
    if (!file) return undefined
    try {
      const {ino, mtimeNs, size} = await file.stat({bigint: true})
      const identity = `${ino}:${mtimeNs}:${size}`
      if (snapshot?.identity !== identity) {
        const text = await file.readFile('utf8')
        snapshot = {identity, text, state: parse(text, path)}
      }
      return snapshot
    } finally {
      await file.close()
    }
  }

  async function write(text: string, checkLock: () => void): Promise<void> {
    writes += 1
    const draft = `${path}.${process.pid}.${writes}.tmp`
    try {
      await writeFile(draft, text, {mode: 0o600})
      checkLock()
      await rename(draft, path)
    } catch (error) {
      await rm(draft, {force: true})
      throw error
    }
  }

  async function transact<T>(change: (state: State) => T, init: () => State): Promise<T> {
    await mkdir(dirname(path), {recursive: true, mode: 0o700})
    const lock = await takeLock(path)
    try {
      const before = await load()
      const state = before?.state ?? init()
      // Forgotten until it is on disk: a reader in between then reads the file again, as another process would.
      snapshot = undefined
      const result = change(state)
      const text = JSON.stringify(state)
      if (text === before?.text) snapshot = before
      else await write(text, lock.check)
      return result
    } finally {
      await lock.release()
    }
  }

  return {
    read: async () => (await load())?.state,
    // One at a time in this process; the lock is for the other processes.
    transact: (change, init) => {
      const turn = queue.then(() => transact(change, init))
      queue = turn.catch(() => undefined)
      return turn
    },
  }
}

async function takeLock(path: string): Promise<{check: () => void; release: () => Promise<void>}> {
  let lost: Error | undefined
  const release = await lockfile.lock(path, {
    realpath: false,
    stale: 10_000,
    retries: {retries: 400, factor: 1.5, minTimeout: 2, maxTimeout: 50, randomize: true},
    onCompromised: (error) => (lost = error),
  })
  return {
    // A process that slept past `stale` may have been overtaken: it must not write over what others wrote.
    check: () => {
      if (lost) throw new Error(`The sandbox's state file was taken over by another process: ${path}`, {cause: lost})
    },
    release: async () => {
      if (!lost) await release()
    },
  }
}

function parse(text: string, path: string): State {
  let state: unknown
  try {
    state = JSON.parse(text)
  } catch (error) {
    throw unreadable(path, error)
  }
  if (typeof state !== 'object' || state === null || !('version' in state) || state.version !== 1)
    throw unreadable(path, undefined)
  return completed(state as State)
}

function unreadable(path: string, cause: unknown): Error {
  return new Failure({
    code: 'SANDBOX_UNREADABLE',
    outcome: 'usage',
    message: `The sandbox's state file cannot be read: ${path}`,
    suggestions: ['To begin with an empty sandbox: `aka twilio:sandbox:reset`.'],
    cause,
  })
}

function isMissing(error: unknown): boolean {
  return (error as {code?: unknown}).code === 'ENOENT'
}
