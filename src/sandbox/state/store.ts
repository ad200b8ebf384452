import {mkdir, open, rename, rm, writeFile} from 'node:fs/promises'
import {dirname} from 'node:path'

import lockfile from 'proper-lockfile'

import {ourCommand} from '../../lib/command-line.js'
import {Failure} from '../../lib/errors.js'
import {locally, readFlags, requireFile} from '../../lib/local-files.js'
import type {StoredState} from './state.js'

/** Where the sandbox's state is kept. */
export interface StateStore {
  /** The stored state, not to be changed; undefined before the first `transact`. */
  read(): Promise<StoredState | undefined>
  /** `change` must be synchronous: that is what makes an operation atomic. `create` makes the first state. */
  transact<T>(change: (state: StoredState) => T, create: () => StoredState): Promise<T>
}

export function memoryStore(): StateStore {
  let state: StoredState | undefined
  return {
    read: async () => state,
    transact: async (change, create) => change((state ??= create())),
  }
}

/** Far more than tests make: what is sent to a served sandbox shall not fill memory and disk. */
const LONGEST_STATE = 64 * 1_048_576

interface Snapshot {
  readonly identity: string
  readonly text: string
  readonly state: StoredState
}

/** A JSON file, safe under parallel processes: writers hold a lock, and readers only ever see whole files. */
export function fileStore(path: string): StateStore {
  let snapshot: Snapshot | undefined
  let queue: Promise<unknown> = Promise.resolve()
  let writes = 0

  async function load(): Promise<Snapshot | undefined> {
    const file = await open(path, readFlags).catch((error: unknown) => {
      if (isMissing(error)) return undefined
      throw error
    })
    if (!file) return undefined
    try {
      const stats = await file.stat({bigint: true})
      requireFile(stats, 2 * LONGEST_STATE)
      const {ino, mtimeNs, size} = stats
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

  async function transact<T>(change: (state: StoredState) => T, create: () => StoredState): Promise<T> {
    await mkdir(dirname(path), {recursive: true, mode: 0o700})
    const lock = await takeLock(path)
    try {
      const before = await load()
      const state = before?.state ?? create()
      // No snapshot until the change is on disk: a reader in between reads the file again, as another process would.
      snapshot = undefined
      const result = change(state)
      const text = JSON.stringify(state)
      if (text === before?.text) snapshot = before
      else if (text.length > LONGEST_STATE) throw full(path)
      else await write(text, lock.check)
      return result
    } finally {
      await lock.release()
    }
  }

  const here = async <T>(work: () => Promise<T>): Promise<T> => locally(trouble(path), work)

  return {
    read: async () => (await here(load))?.state,
    // One at a time in this process; the lock is for the other processes.
    transact: (change, create) => {
      const turn = queue.then(() => here(() => transact(change, create)))
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
    // A process that slept for longer than `stale` has lost the lock and must not overwrite what others wrote.
    check: () => {
      if (lost) throw new Error(`The sandbox's state file was taken over by another process: ${path}`, {cause: lost})
    },
    release: async () => {
      if (!lost) await release()
    },
  }
}

function parse(text: string, path: string): StoredState {
  let state: unknown
  try {
    state = JSON.parse(text)
  } catch (error) {
    throw unreadable(path, error)
  }
  if (typeof state !== 'object' || state === null || !('version' in state) || state.version !== 1)
    throw unreadable(path, undefined)
  return state as StoredState
}

const trouble = (path: string) =>
  ({doing: `use the sandbox in ${path}`, suggestions: ['Check the folder and the disk, then run this again.']}) as const

function unreadable(path: string, cause: unknown): Error {
  return new Failure({
    code: 'SANDBOX_UNREADABLE',
    message: `The sandbox's state file cannot be read: ${path}`,
    suggestions: [`Start over with an empty sandbox: ${ourCommand('twilio:sandbox:reset')}`],
    cause,
  })
}

function full(path: string): Failure {
  return new Failure({
    code: 'SANDBOX_FULL',
    message: `The sandbox holds as much as it may: ${path}`,
    suggestions: [`Start over with an empty sandbox: ${ourCommand('twilio:sandbox:reset')}`],
  })
}

function isMissing(error: unknown): boolean {
  return (error as {code?: unknown}).code === 'ENOENT'
}
