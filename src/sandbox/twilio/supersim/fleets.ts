import type {Context} from '../../http/context.js'
import {conflict, invalidParameter} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {nextSid} from '../../state/ids.js'
import type {Account} from '../../state/types/accounts.js'
import type {Fleet, NetworkAccessProfile} from '../../state/types/sims.js'
import {findBySidOrName, ownedByCaller} from '../shared/find.js'
import {type NameRules, readUniqueName, readWholeNumber} from '../shared/parameters.js'
import {callerResource, refersTo} from '../shared/resource.js'
import {defaultSettings, readSettings, type Setting} from '../shared/settings.js'

export const fleetRoutes = callerResource<Fleet>('supersim', '/v1/Fleets', {
  key: 'fleets',
  all: ({fleets}) => fleets,
  filters: {
    NetworkAccessProfile: ({networkAccessProfileSid}, context) =>
      refersTo(context, context.state.networkAccessProfiles, networkAccessProfileSid),
  },
  create,
  update,
  render,
})

const CHANGEABLE_SETTINGS: readonly Setting[] = [
  ['SmsCommandsUrl', 'sms_commands_url', 'url', null],
  ['SmsCommandsMethod', 'sms_commands_method', 'method', 'POST'],
  ['IpCommandsUrl', 'ip_commands_url', 'url', null],
  ['IpCommandsMethod', 'ip_commands_method', 'method', 'POST'],
]
const SETTINGS: readonly Setting[] = [
  ...CHANGEABLE_SETTINGS,
  ['DataEnabled', 'data_enabled', 'flag', true],
  ['SmsCommandsEnabled', 'sms_commands_enabled', 'flag', true],
]
const DATA_LIMIT = {min: 1, max: 2_000_000, initial: 1000}

const NAMES: NameRules = {
  sidPrefix: 'HF',
  invalid: () => invalidParameter('UniqueName'),
  taken: () => conflict('A Fleet with this UniqueName exists already'),
}

function create(context: Context, {sid: accountSid}: Account): Fleet {
  const {state, form, now} = context
  const profile = findProfile(context, form.get('NetworkAccessProfile'))
  if (!profile) throw invalidParameter('NetworkAccessProfile is needed, the SID or unique name of one')
  const properties = {
    uniqueName: readUniqueName(form, ownedByCaller(context, state.fleets), NAMES),
    networkAccessProfileSid: profile.sid,
    dataLimit: readWholeNumber(form, 'DataLimit', DATA_LIMIT),
    settings: {...defaultSettings(SETTINGS), ...readSettings(SETTINGS, form)},
  }
  const fleet: Fleet = {sid: nextSid(state, 'HF'), accountSid, ...properties, createdAt: now, updatedAt: now}
  state.fleets.push(fleet)
  return fleet
}

function update(fleet: Fleet, context: Context): void {
  const {state, form, now} = context
  const others = ownedByCaller(context, state.fleets).filter((each) => each !== fleet)
  const uniqueName = readUniqueName(form, others, NAMES, fleet.uniqueName)
  const profileName = form.get('NetworkAccessProfile')
  const profile = findProfile(context, profileName ?? fleet.networkAccessProfileSid)
  if (!profile) throw invalidParameter(`there is no NetworkAccessProfile ${profileName ?? ''}`)
  const dataLimit = readWholeNumber(form, 'DataLimit', {...DATA_LIMIT, initial: fleet.dataLimit})
  const settings = {...fleet.settings, ...readSettings(CHANGEABLE_SETTINGS, form)}
  Object.assign(fleet, {uniqueName, networkAccessProfileSid: profile.sid, dataLimit, settings, updatedAt: now})
}

function findProfile(context: Context, name: string | null): NetworkAccessProfile | undefined {
  return findBySidOrName(ownedByCaller(context, context.state.networkAccessProfiles), name ?? '')
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
