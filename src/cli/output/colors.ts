import {Chalk, type ChalkInstance} from 'chalk'

export type Colors = Pick<ChalkInstance, 'level' | 'green' | 'yellow' | 'red' | 'dim' | 'bold'>

/** Colours for one stream: only on a terminal, and not where NO_COLOR or aka's own AKA_NO_COLORS is set. */
export function colorsFor(stream: {readonly isTTY?: boolean}, env: NodeJS.ProcessEnv): Colors {
  const off = Boolean(env.NO_COLOR) || Boolean(env.AKA_NO_COLORS) || env.TERM === 'dumb' || !stream.isTTY
  return new Chalk(off ? {level: 0} : {level: 1})
}
