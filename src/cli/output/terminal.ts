/** Streams that may be a terminal. */
export interface Screen {
  readonly isTTY?: boolean
  readonly columns?: number
}

interface Wishes {
  /** `--plain` */
  readonly plain: boolean
  /** `--full` */
  readonly full: boolean
}

let wishes: Wishes = {plain: false, full: false}

/** What the person asked for, at the beginning of every run: in a host, several follow one another in a process. */
export function askedFor(asked: Wishes): void {
  wishes = asked
}

/** For screen readers, logs and terminals that can do no more: ASCII, no colours, nothing that moves. */
export function isPlain(env: NodeJS.ProcessEnv): boolean {
  return wishes.plain || Boolean(env.NO_COLOR) || Boolean(env.AKA_NO_COLORS) || env.TERM === 'dumb'
}

/** Whether nothing is to be shortened or left out, however narrow the terminal is. */
export function isFull(): boolean {
  return wishes.full
}

/** Whether what was written to it can be redrawn. */
export function isAnimated({isTTY = false}: Screen, env: NodeJS.ProcessEnv): boolean {
  return isTTY && !isPlain(env)
}

/** How wide it is; no limit in a file or a pipe: what reads it there expects a line to be a line. */
export function widthOf({isTTY = false, columns = 0}: Screen): number {
  if (!isTTY) return Infinity
  return columns > 0 ? Math.max(20, columns) : 80
}
