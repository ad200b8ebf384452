import {type BigIntStats, closeSync, constants, fstatSync, openSync, readFileSync, type Stats} from 'node:fs'
import {access, chmod, lstat, mkdir, open, rename, rm} from 'node:fs/promises'
import {homedir, userInfo} from 'node:os'
import {dirname, isAbsolute} from 'node:path'

import {Failure} from './errors.js'

/** Why this machine refuses a file, by the code of the system's error (errno(3)). */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'part of its path is not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'something else has that name',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'it is a symbolic link',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EFBIG: 'it is far too large',
  ENOTFILE: 'it is not a regular file',
  EIO: 'the disk reports an error',
  ELOCKED: 'another process has been writing it for too long',
}

interface Doing {
  /** e.g. `save the login in /home/me/.config/aka-twilio/config.json`. */
  readonly doing: string
  readonly suggestions: readonly [string, ...string[]]
}

/** An error with a file of this machine, as a sentence; anything else is returned as it is. */
export function asLocalFailure(error: unknown, {doing, suggestions}: Doing): unknown {
  const {code} = (error ?? {}) as NodeJS.ErrnoException
  const reason = typeof code === 'string' ? (reasons[code] ?? (code.startsWith('E') ? code : undefined)) : undefined
  if (error instanceof Failure || reason === undefined) return error
  return new Failure({
    code: 'FILE_NOT_ACCESSIBLE',
    message: `This machine could not ${doing}: ${reason}.`,
    suggestions,
    cause: error,
  })
}

/** Does the work; an error with a file of this machine becomes a failure that says what could not be done. */
export async function locally<Result>(doing: Doing, work: () => Promise<Result> | Result): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw asLocalFailure(error, doing)
  }
}

/** Neither follows links nor waits for a pipe's other end; Windows knows neither. */
const {
  O_RDONLY,
  O_NONBLOCK = 0,
  O_NOFOLLOW = 0,
} = constants as Partial<typeof constants> & Pick<typeof constants, 'O_RDONLY'>
/** For a file of ours. */
export const readFlags = O_RDONLY | O_NONBLOCK | O_NOFOLLOW

/** More than any settings hold. */
const mostBytes = 1_048_576

/**
 * The text of a file that should be small; undefined where there is none. Links, pipes and devices are not read. It blocks: every
 * command reads one or two, and to start the threads that would read them takes longer.
 */
export function readSmallFile(path: string, flags = readFlags): string | undefined {
  let file: number | undefined
  try {
    file = openSync(path, flags)
    requireFile(fstatSync(file), mostBytes)
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** The same for files of other programs: one that cannot be read is none. A link is theirs to make. */
export function readOtherProgramsFile(path: string): string | undefined {
  try {
    return readSmallFile(path, O_RDONLY | O_NONBLOCK)
  } catch {
    return undefined
  }
}

/** The object in a text of JSON; empty where it is anything else. */
export function objectIn(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(text ?? ''))
  } catch {
    return {}
  }
}

export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

/** A pipe never ends, and a file may be larger than the memory. */
export function requireFile(stats: Pick<Stats | BigIntStats, 'isFile' | 'size'>, longest: number): void {
  const problem = stats.isFile() ? (stats.size > longest ? 'EFBIG' : undefined) : 'ENOTFILE'
  if (problem) throw Object.assign(new Error(problem), {code: problem})
}

/** Whether a path is a link, which somebody else may have put there. */
export async function isLink(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined)
  return stats?.isSymbolicLink() ?? false
}

/** Writes a file for its owner alone, whatever the umask: a link or a file that has the name is replaced, not written to. */
export async function writePrivateFile(path: string, data: Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.chmod(0o600)
    await file.writeFile(data)
    await file.close()
    await rename(draft, path)
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(draft, {force: true})
    throw error
  }
}

/** Before the work that ends with a file: it would be lost where the file cannot be written, or replaced. */
export async function requireWritable(path: string): Promise<void> {
  await access(dirname(path), constants.W_OK)
  const stats = await lstat(path).catch(() => undefined)
  if (stats?.isDirectory()) throw Object.assign(new Error('a folder'), {code: 'EISDIR'})
}

/** Makes a folder for its owner alone, whatever the umask; one that is there already stays as it is. */
export async function makePrivateFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, {recursive: true, mode: 0o700})
  if (made !== undefined) await chmod(folder, 0o700)
}

/** Why somebody else may read or change a file or folder, in a few words; undefined where nobody may, or there is none. */
export async function exposureOf(path: string): Promise<string | undefined> {
  const stats = await lstat(path).catch(() => undefined)
  // Windows has no owners and modes like these.
  const user = process.getuid?.()
  if (!stats || user === undefined) return undefined
  if (stats.isSymbolicLink()) return 'is a symbolic link'
  if (stats.uid !== user) return 'belongs to another user'
  return (stats.mode & 0o077) === 0 ? undefined : `may be used by others (mode ${(stats.mode & 0o777).toString(8)})`
}

/** One writer at a time, among all processes of this machine. */
export async function withFileLock<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const {default: lockfile} = await import('proper-lockfile')
  const release = await lockfile.lock(path, {
    realpath: false,
    stale: 10_000,
    retries: {retries: 400, factor: 1.5, minTimeout: 2, maxTimeout: 50, randomize: true},
  })
  try {
    return await work()
  } finally {
    await release()
  }
}

/** The home of whoever runs this; where HOME is empty or relative, the account's own, so that nothing lands in the current folder. */
export function homeFolder(): string {
  const home = homedir()
  return isAbsolute(home) ? home : userInfo().homedir
}
