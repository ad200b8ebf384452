import type {AddonContext} from '../addon/context.js'
import {longestWait, until} from '../poll.js'
import type {RegistrationForm} from './form.js'
import {readRegistration} from './read.js'
import {stepWords} from './steps.js'
import {submitRegistration} from './submit.js'
import type {SubmitOptions, Submitted} from './submitted.js'

/** How long reviews are followed: some end within minutes, others take weeks. */
const usualMs = 30 * 60_000
const everyMs = 10_000

/** Waits for one review after the other and goes on, until all is registered or the time is over. */
export async function followRegistration(
  context: AddonContext,
  appSpace: string,
  form: RegistrationForm,
  {options, submitted}: {readonly options: SubmitOptions; readonly submitted: Submitted},
): Promise<Submitted> {
  const {transport} = context.main
  const started = transport.now()
  const timeoutMs = longestWait(transport, usualMs)
  let latest = submitted
  for (;;) {
    const {waitsFor} = latest
    const leftMs = timeoutMs - (transport.now() - started)
    if (waitsFor === undefined || leftMs <= 0) return latest
    const isReviewed = async () => {
      const {steps} = await readRegistration(context, appSpace)
      const state = steps[waitsFor]?.state
      return state === 'approved' || state === 'rejected' ? true : undefined
    }
    const what = `for the review of the ${stepWords[waitsFor]}`
    const ended = await until(transport, isReviewed, {timeoutMs: leftMs, everyMs, what})
    if (ended === undefined) return latest
    latest = await submitRegistration(context, appSpace, form, options)
  }
}
