/** Streams that may be a terminal. */
export interface Screen {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** For screen readers, logs and terminals that can do no more: no colours, nothing that moves. */
function isPlain(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env.NO_COLOR) || Boolean(env.AKA_NO_COLORS) || env.TERM === 'dumb'
}

/** Whether what was written to it may be drawn anew. */
export function isAnimated({isTTY = false}: Screen, env: NodeJS.ProcessEnv): boolean {
  return isTTY && !isPlain(env)
}
