import {ourCommand} from '../../lib/command-line.js'
import type {Colors} from './colors.js'

/** What to do next: a heading and a line for each step. */
export function nextSteps(steps: readonly string[], colors: Colors): string {
  return ['Next', ...steps.map((step) => nextStep(step, colors))].join('\n')
}

export function nextStep(step: string, {dim}: Colors): string {
  return `  ${dim('→')} ${step}`
}

/** With a number that US carriers block until it is registered. */
export function stepToSending(appSpace: string): string {
  return `To send SMS to the US, register it: ${ourCommand(`twilio:registration -a ${appSpace}`)}`
}
