/** The core's plugin for platform add-ons, whose commands share their names with ours. */
const {strict: assert} = require('node:assert')
const {setTimeout: pause} = require('node:timers/promises')

const json = JSON.stringify

async function list(appkit, {app}) {
  try {
    const addons = await appkit.api.get(`/apps/${app}/addons`)
    appkit.terminal.format_objects(formatAddon, 'No add-ons.', null, addons)
  } catch (error) {
    appkit.terminal.error(error)
  }
}

const formatAddon = ({id, name, plan, state}) =>
  `**+ ${id} (${name})**\n  ***Plan:*** ${plan.name}\n  ***State:*** ${state}`
const formatPlan = ({name, description, price}) => `**+ ${name} $${price.cents / 100}/${price.unit}**\n  ${description}`
const formatService = ({name, description}) => `**+ ${name}**\n  ${description}`

function info(appkit, {app, ADDON}) {
  assert.ok(ADDON && ADDON !== '', 'No add-on was given.')
  appkit.api.get(`/apps/${app}/addons/${ADDON}`, appkit.terminal.print)
}

async function create(appkit, {app, as, name, wait, SERVICE_PLAN}) {
  const loader = appkit.terminal.loading(`Provisioning ${SERVICE_PLAN} for ${app}`)
  try {
    loader.start()
    let addon = await appkit.api.post(json({plan: SERVICE_PLAN, attachment: {name: as}, name}), `/apps/${app}/addons`)
    loader.end()
    if (addon.state === 'provisioning' && wait) addon = await provisioned(appkit, app, addon)
    console.log(appkit.terminal.markdown(`\n###===### Add-on ~~${addon.name}~~ is ${addon.state}\n`))
    appkit.terminal.print(null, addon)
  } catch (error) {
    loader.end()
    appkit.terminal.error(error)
  }
}

async function provisioned(appkit, app, addon) {
  for (;;) {
    const now = await appkit.api.get(`/apps/${app}/addons/${addon.id}`)
    if (now.state !== 'provisioning') return now
    await pause(5000)
  }
}

function destroy(appkit, args) {
  assert.ok(args.ADDON, 'No add-on was given.')
  assert.ok(args.app && args.app !== '', 'No app was given.')
  const remove = (confirmed) => {
    if (confirmed !== args.ADDON) return appkit.terminal.soft_error(`That is not !!${args.ADDON}!!. Nothing was done.`)
    appkit.api.get(`/apps/${args.app}/addons`, (_, addons) => {
      const ofPlan = args.ADDON.includes(':') ? (addons ?? []).filter(({plan}) => plan.name === args.ADDON) : []
      const name = ofPlan.length === 1 ? ofPlan[0].name : args.ADDON
      const task = appkit.terminal.task(`Destroying ${name}`)
      task.start()
      appkit.api.delete(`/apps/${args.app}/addons/${name}`, (error, addon) => {
        task.end(error ? 'error' : 'ok')
        if (error) return appkit.terminal.error(error)
        console.log(appkit.terminal.markdown(`###===### ~~${addon.name}~~ is gone from ~~${args.app}~~`))
      })
    })
  }
  if (args.confirm) remove(args.confirm)
  else
    appkit.terminal.confirm(
      `~~▸~~ This removes ${args.ADDON} from ${args.app}. Type !!${args.ADDON}!! to go on.`,
      remove,
    )
}

async function changePlan(appkit, {app, ADDON, PLAN}) {
  try {
    if (ADDON.includes(':')) throw new Error(`There is no add-on ${ADDON}.`)
    const addon = await appkit.api.get(`/apps/${app}/addons/${ADDON}`)
    const changed = await appkit.api.patch(json({plan: PLAN}), `/apps/${app}/addons/${addon.name}`)
    appkit.terminal.print(null, await provisioned(appkit, app, changed))
  } catch (error) {
    appkit.terminal.error(error)
  }
}

async function waitFor(appkit, {app, ADDON}) {
  try {
    appkit.terminal.print(null, await provisioned(appkit, app, {id: ADDON}))
  } catch (error) {
    appkit.terminal.error(error)
  }
}

function services(appkit) {
  appkit.api.get('/addon-services', appkit.terminal.format_objects.bind(null, formatService, 'No services.'))
}

function plans(appkit, {SERVICE}) {
  assert.ok(SERVICE, 'No service was given.')
  const print = appkit.terminal.format_objects.bind(null, formatPlan, 'No plans.')
  appkit.api.get(`/addon-services/${SERVICE}/plans`, print)
}

function planInfo(appkit, {SERVICE, SERVICE_PLAN}) {
  appkit.api.get(`/addon-services/${SERVICE}/plans/${SERVICE_PLAN}`, (error, plan) => {
    console.log(error ? 'There is no such plan.' : appkit.terminal.markdown(formatPlan(plan)))
  })
}

function init(appkit) {
  const app = {alias: 'a', demand: true, string: true, description: 'The app to act on.'}
  const wait = {alias: 'w', demand: false, default: true, boolean: true, description: 'Wait until it is provisioned.'}
  const text = (description, more) => ({demand: false, string: true, description, ...more})
  const ofApp = {app}
  const waiting = {app, wait}
  const creating = {app, wait, name: text('The name of the add-on.'), as: text('The prefix of its config vars.')}
  const destroying = {app, confirm: text('The name of the add-on again.', {alias: 'c'})}
  const add = (command, description, options, handler) =>
    appkit.args.command(command, description, options, handler.bind(null, appkit))

  add('addons', 'List the add-ons of an app', ofApp, list)
  add('addons:create SERVICE_PLAN', 'Create an add-on', creating, create)
  add('addons:destroy ADDON', 'Destroy an add-on', destroying, destroy)
  add('addons:upgrade ADDON PLAN', 'Upgrade the plan of an add-on', waiting, changePlan)
  add('addons:downgrade ADDON PLAN', 'Downgrade the plan of an add-on', waiting, changePlan)
  add('addons:info ADDON', 'Show an add-on', ofApp, info)
  add('addons:plans SERVICE', 'List the plans of a service', {}, plans)
  add('addons:services', 'List the services', {}, services)
  add('addons:wait ADDON', 'Wait until an add-on is provisioned', ofApp, waitFor)
  add('addons:plans:info SERVICE SERVICE_PLAN', 'Show a plan of a service', {}, planInfo)
  add('addon:create SERVICE_PLAN', false, ofApp, create)
  for (const name of ['addon:destroy', 'addon:delete', 'addons:delete', 'addon:remove', 'addons:remove'])
    add(`${name} ADDON`, false, destroying, destroy)
  add('addon:info ADDON', false, ofApp, info)
  const plansToo = [
    'addon:plans',
    'addon:plan',
    'addons:plan',
    'services:plans',
    'service:plans',
    'service:plan',
    'plans',
  ]
  for (const name of plansToo) add(`${name} SERVICE`, false, {}, plans)
  add('services', false, {}, services)
  add('upgrade ADDON PLAN', false, waiting, changePlan)
  add('downgrade ADDON PLAN', false, waiting, changePlan)
}

module.exports = {init, update: () => undefined, group: 'addons', help: 'Manage add-ons', primary: true}
