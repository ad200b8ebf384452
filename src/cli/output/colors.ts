import {Chalk, type ChalkInstance} from 'chalk'

import {isAnimated, type Screen} from './terminal.js'

export type Colors = Pick<ChalkInstance, 'level' | 'green' | 'yellow' | 'red' | 'dim' | 'bold'>

/** Colours for one stream: only on a terminal, and not where NO_COLOR or aka's own AKA_NO_COLORS is set. */
export function colorsFor(stream: Screen, env: NodeJS.ProcessEnv): Colors {
  return new Chalk({level: isAnimated(stream, env) ? 1 : 0})
}
