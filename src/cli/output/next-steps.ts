import type {Colors} from './colors.js'

/** What to do next: a heading and a line for each step. */
export function nextSteps(steps: readonly string[], colors: Colors): string {
  return ['Next', ...steps.map((step) => nextStep(step, colors))].join('\n')
}

export function nextStep(step: string, {dim}: Colors): string {
  return `  ${dim('→')} ${step}`
}
