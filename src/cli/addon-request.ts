import {parseLabels} from '../lib/addon/labels.js'
import {usage} from '../lib/errors.js'
import type {AddonRequest} from '../lib/lifecycle/create/create.js'
import {createRequest} from '../lib/lifecycle/create/request.js'
import type {Session} from '../lib/session.js'
import {standardCountry} from '../lib/settings.js'
import {alertsFrom} from './flags/alerts.js'
import {refuseNames} from './flags/common.js'
import {numberOptionsOf} from './flags/number.js'

/** A command line of addons:create. */
export interface ParsedAddon {
  readonly args: {readonly plan?: string | undefined}
  readonly flags: {
    readonly 'alert-url'?: string | undefined
    readonly 'alert-at'?: string | undefined
    readonly force: boolean
    readonly 'keep-on-failure': boolean
    readonly label?: readonly string[] | undefined
    readonly name?: string | undefined
    readonly as?: string | undefined
  }
}

/** What it asks for. @throws {Failure} `usage` */
export function addonRequest({args, flags}: ParsedAddon, appSpace: string, {settings}: Session): AddonRequest {
  refuseNames(flags)
  if (args.plan === undefined)
    throw usage('PLAN_MISSING', 'Missing plan.', 'Give twilio:small, twilio:medium or twilio:large.')
  const options = {appSpace, plan: args.plan, keepOnFailure: flags['keep-on-failure'], force: flags.force}
  const labels = parseLabels(flags.label ?? [])
  const request = createRequest({...options, labels, number: numberOptionsOf(flags)}, standardCountry(settings))
  return {request, alerts: alertsFrom(flags)}
}
