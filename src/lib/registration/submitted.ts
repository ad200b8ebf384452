import type {StepName, Steps} from './steps.js'

export interface SubmitOptions {
  /** A brand of Twilio's that is free and registers nothing. */
  readonly mock: boolean
  /** One that exists, instead of a new one. */
  readonly brandSid: string | undefined
}

/** How far it came. */
export interface Submitted {
  /** The review that must end before the next step; undefined where all is registered. */
  readonly waitsFor: StepName | undefined
  /** What this run saw, or made: Twilio's lists may not show it yet. */
  readonly seen: Steps
}
