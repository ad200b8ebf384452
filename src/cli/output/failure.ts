import type {Failure} from '../../lib/errors.js'
import {safeText} from '../../lib/secrets.js'
import type {Colors} from './colors.js'
import {nextStep} from './next-steps.js'

/** What happened, then what to do about it. */
export function renderFailure({message, suggestions}: Failure, colors: Colors): string {
  return [
    `${colors.red('✖')} ${safeText(message)}`,
    ...suggestions.map((suggestion) => nextStep(safeText(suggestion), colors)),
  ].join('\n')
}
