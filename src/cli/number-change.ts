import {Flags} from '@oclif/core'

import type {AddonContext} from '../lib/addon/context.js'
import type {ChangePlan} from '../lib/number/change/plan.js'
import {type ChangeRequest, changeRequest} from '../lib/number/change/request.js'
import {priceOfNext} from '../lib/number/price.js'
import type {Session} from '../lib/session.js'
import {standardCountry} from '../lib/settings.js'
import {newNumberFlags, numberOptionsOf, statusCallbackFlag} from './flags/number.js'
import {renderChangePlan} from './output/twilio/number/change.js'
import {writeToStderr} from './progress.js'
import {confirm} from './prompts.js'

/** Which number it is to be, and what becomes of the old one. */
export const numberChangeFlags = {
  ...newNumberFlags,
  ...statusCallbackFlag,
  'keep-old': Flags.boolean({
    description: 'move the old number to the main account instead of releasing it',
    default: false,
  }),
  from: Flags.string({description: 'change nothing unless this is the current number', helpValue: '+1…'}),
}

interface Given extends Readonly<Record<string, unknown>> {
  readonly 'keep-old': boolean
  readonly from?: string | undefined
}

/** @throws {Failure} `usage` */
export function numberChangeRequest(flags: Given, appSpace: string, {settings}: Session): ChangeRequest {
  const {'keep-old': keepOld, from} = flags
  return changeRequest(numberOptionsOf(flags), {appSpace, keepOld, from}, standardCountry(settings))
}

/** Says what will be done, and asks unless that was agreed to: with `--yes`, or when the change was begun. */
export async function agreeToChange(
  context: AddonContext,
  plan: ChangePlan,
  {yes}: {readonly yes: boolean},
): Promise<void> {
  if (plan.state === 'unfinished') return writeToStderr('Resuming the interrupted change of the number.')
  if (yes) return
  writeToStderr(renderChangePlan(plan, await priceOfNext(context, plan)))
  await confirm('Change the number?', {otherwise: 'Nothing was changed.'})
}
