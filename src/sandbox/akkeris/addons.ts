import {iso8601} from '../http/format.js'
import {startedAt} from '../state/accounts.js'
import {uuid} from '../state/ids.js'
import type {State} from '../state/state.js'
import type {PlatformAddon} from '../state/types/akkeris.js'
import type {NamedApp} from './apps.js'
import {AkkerisError} from './errors.js'

/** The platform's add-ons of an app as its list shows them: without their config vars (lib/addons.js of akkeris/controller-api). */
export function renderAddons(state: Readonly<State>, {name, app}: NamedApp): unknown {
  return app.addons.map((addon) => renderAddon(state, name, addon))
}

/** One of them, by its name or identifier, with its config vars and the apps that it is attached to. */
export function findAddon(state: Readonly<State>, {name, app}: NamedApp, wanted: string): unknown {
  const addon = app.addons.find((each) => [each.name, idOf(state, name, each)].includes(wanted))
  if (!addon) throw new AkkerisError(404, `The specified service ${wanted} on ${name} was not found.`)
  return {
    ...renderAddon(state, name, addon),
    config_vars: addon.configVars,
    attached_to: [{id: uuid(state.seed, `app ${name}`), name, owner: true}],
  }
}

function idOf({seed}: Readonly<State>, appName: string, {name}: PlatformAddon): string {
  return uuid(seed, `add-on ${appName} ${name}`)
}

function renderAddon(state: Readonly<State>, appName: string, addon: PlatformAddon) {
  const {seed} = state
  const [service = ''] = addon.plan.split(':')
  const createdAt = iso8601(startedAt(state))
  return {
    actions: [],
    addon_service: {id: uuid(seed, `service ${service}`), name: service},
    app: {id: uuid(seed, `app ${appName}`), name: appName},
    billed_price: {cents: 5000, unit: 'month', contract: false},
    created_at: createdAt,
    id: idOf(state, appName, addon),
    name: addon.name,
    plan: {id: uuid(seed, `plan ${addon.plan}`), name: addon.plan},
    primary: true,
    provider_id: 'alamo',
    state: 'provisioned',
    state_description: '',
    updated_at: createdAt,
    web_url: `https://sandbox.invalid/apps/${appName}`,
  }
}
