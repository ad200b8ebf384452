import type {Condition} from '../../lib/addon/condition.js'
import type {Colors} from './colors.js'
import {nextStep} from './next-steps.js'

/** What is wrong with an add-on, then the commands that fix it. */
export function renderCondition(appSpace: string, {sentence, fix}: Condition, colors: Colors): string {
  return [`${colors.yellow('!')} ${appSpace}: ${sentence}`, ...fix.map((line) => nextStep(line, colors))].join('\n')
}
