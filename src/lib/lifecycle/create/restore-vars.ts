import type {AddonContext} from '../../addon/context.js'
import {requireEntry, requireReady} from '../../addon/info.js'
import {subaccountName} from '../../addon/record.js'
import {startPreflight} from './preflight.js'
import {reconcile} from './reconcile.js'
import {createRequest} from './request.js'

/** Writes back config vars that are missing or out of date. Never creates what is not there any more. */
export async function restoreVars(context: AddonContext, appSpace: string): Promise<void> {
  const {registry, akkeris} = context
  const entry = await requireEntry(context, appSpace)
  requireReady(entry.record)
  const plan = `twilio:${entry.record.plan}`
  const request = createRequest({appSpace, plan, number: {}, force: false, keepOnFailure: true}, 'US')
  const name = subaccountName({registry: registry.name, host: akkeris.host, appSpace})
  const preflight = startPreflight(context, {appSpace, name, intent: request.intent})
  await reconcile(context, request, entry, {...preflight, isCurrent: false})
}
