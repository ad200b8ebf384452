import type {HttpResponse} from '../../../lib/transport/types.js'
import {iso8601} from '../../state/dates.js'
import {nextSid} from '../../state/ids.js'
import {conflict, invalidParameter, json, pageWithMeta} from '../../http/respond.js'
import type {Context, Route} from '../../http/router.js'
import type {Fleet} from '../../state/sims.js'
import {findInPath, findNamed, heldByCaller, readUniqueName, wantedOf, type NameRules} from '../held.js'
import {defaultsOf, readChanges, readLimit, type Setting} from '../settings.js'

const LIST = '/v1/Fleets'
const ONE = '/v1/Fleets/{Sid}'

export const fleetRoutes: readonly Route[] = [
  {product: 'supersim', method: 'GET', path: LIST, handle: list},
  {product: 'supersim', method: 'POST', path: LIST, handle: create},
  {product: 'supersim', method: 'GET', path: ONE, handle: fetchFleet},
  {product: 'supersim', method: 'POST', path: ONE, handle: update},
]

const CHANGEABLE: readonly Setting[] = [
  ['SmsCommandsUrl', 'sms_commands_url', 'url', null],
  ['SmsCommandsMethod', 'sms_commands_method', 'method', 'POST'],
  ['IpCommandsUrl', 'ip_commands_url', 'url', null],
  ['IpCommandsMethod', 'ip_commands_method', 'method', 'POST'],
]
const SETTINGS: readonly Setting[] = [
  ...CHANGEABLE,
  ['DataEnabled', 'data_enabled', 'flag', true],
  ['SmsCommandsEnabled', 'sms_commands_enabled', 'flag', true],
]
/** Megabytes. */
const DATA_LIMIT = {least: 1, most: 2_000_000, usual: 1000}

const NAMES: NameRules = {
  prefix: 'HF',
  invalid: () => invalidParameter('UniqueName'),
  taken: () => conflict('A Fleet with this UniqueName exists already'),
}

function list(context: Context): HttpResponse {
  const {fleets: all, networkAccessProfiles} = context.state
  const fleets = heldByCaller(context, all).filter(({networkAccessProfileSid}) =>
    wantedOf(context, 'NetworkAccessProfile', networkAccessProfiles, networkAccessProfileSid),
  )
  return pageWithMeta(context, {key: 'fleets', all: fleets, idOf: ({sid}) => sid, render})
}

function create(context: Context): HttpResponse {
  const {state, form, caller, now} = context
  const profile = findProfile(context, form.get('NetworkAccessProfile'))
  if (!profile) throw invalidParameter('NetworkAccessProfile is needed, the SID or unique name of one')
  const given = {
    uniqueName: readUniqueName(form, heldByCaller(context, state.fleets), NAMES),
    dataLimit: readLimit(form, 'DataLimit', DATA_LIMIT),
    settings: {...defaultsOf(SETTINGS), ...readChanges(SETTINGS, form)},
  }
  const fleet: Fleet = {
    sid: nextSid(state, 'HF'),
    accountSid: caller.account.sid,
    networkAccessProfileSid: profile.sid,
    ...given,
    createdAt: now,
    updatedAt: now,
  }
  state.fleets.push(fleet)
  return json(201, render(fleet))
}

function update(context: Context): HttpResponse {
  const {state, form, now} = context
  const fleet = findInPath(context, state.fleets)
  const others = heldByCaller(context, state.fleets).filter((each) => each !== fleet)
  const uniqueName = readUniqueName(form, others, NAMES, fleet.uniqueName)
  const profileName = form.get('NetworkAccessProfile')
  const profile = findProfile(context, profileName ?? fleet.networkAccessProfileSid)
  if (!profile) throw invalidParameter(`there is no NetworkAccessProfile ${profileName ?? ''}`)
  const dataLimit = readLimit(form, 'DataLimit', {...DATA_LIMIT, usual: fleet.dataLimit})
  const settings = {...fleet.settings, ...readChanges(CHANGEABLE, form)}
  Object.assign(fleet, {uniqueName, networkAccessProfileSid: profile.sid, dataLimit, settings, updatedAt: now})
  return json(200, render(fleet))
}

function fetchFleet(context: Context): HttpResponse {
  return json(200, render(findInPath(context, context.state.fleets)))
}

function findProfile(context: Context, name: string | null) {
  return findNamed(heldByCaller(context, context.state.networkAccessProfiles), name ?? '')
}

function render(fleet: Fleet): unknown {
  return {
    sid: fleet.sid,
    unique_name: fleet.uniqueName,
    account_sid: fleet.accountSid,
    data_limit: fleet.dataLimit,
    data_metering: 'payg',
    network_access_profile_sid: fleet.networkAccessProfileSid,
    ...fleet.settings,
    date_created: iso8601(fleet.createdAt),
    date_updated: iso8601(fleet.updatedAt),
    url: `https://supersim.twilio.com/v1/Fleets/${fleet.sid}`,
  }
}
