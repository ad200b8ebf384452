import {Flags} from '@oclif/core'

import {fields, planTitle, shownVars} from '../../lib/addon/format.js'
import {createRequest, type CreateRequest} from '../../lib/lifecycle/create/request.js'
import type {AddonContext} from '../../lib/addon/context.js'
import {pendingRegistrationsOf} from '../../lib/number/pending-registrations.js'
import {plans} from '../../lib/addon/plans.js'
import {planCreate} from '../../lib/lifecycle/create/plan.js'
import {provision} from '../../lib/lifecycle/create/provision.js'
import type {Provisioned} from '../../lib/lifecycle/create/result.js'
import type {AlertRequest} from '../../lib/alerts/alert.js'
import {alertDocument, alertsAt, alertsInWords} from '../../lib/alerts/format.js'
import {alertRequest, previewAlerts, setFirstAlerts} from '../../lib/alerts/set.js'
import {AkaCommand, appFlag, arg, waitFlag} from '../../cli/base-command.js'
import {usage} from '../../lib/errors.js'
import {choiceFlags, exactFlags, regulatoryFlags, webhookFlags, numberOptionsOf} from '../../cli/number-flags.js'
import {pickNumber, requirePicking} from '../../cli/pick-number.js'
import {definitions} from '../../lib/settings.js'
import {exportLines} from '../../lib/text.js'

export default class AddonsCreate extends AkaCommand {
  static override aliases = ['twilio:create']
  static override hiddenAliases = ['addon:create']
  static override summary = 'give an app-space a Twilio subaccount, a phone number and config vars'
  static override description = `Makes a subaccount of the main Twilio account for the app-space, buys a number in it (or moves one in), and writes TWILIO_SID, TWILIO_AUTH_TOKEN and TWILIO_PHONE_NUMBER to the app-space's config.

Safe to repeat: after an interruption, from any machine, the same command goes on where the last one stopped, and nothing is bought twice. On an add-on that is ready it changes nothing, but writes config vars that went missing back.

Sending email (SendGrid) is not part of the add-on.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> twilio:small -a api-default',
    '<%= config.bin %> <%= command.id %> twilio:medium -a api-default --area-code 801 --any-area',
    'eval "$(<%= config.bin %> <%= command.id %> twilio:small -a api-default --shell)"',
  ]
  static override args = {
    plan: arg({description: 'twilio:small, twilio:medium or twilio:large', required: true}),
  }
  static override flags = {
    app: appFlag,
    ...choiceFlags,
    ...exactFlags,
    ...regulatoryFlags,
    ...webhookFlags,
    'alert-url': Flags.string({description: 'URL that Twilio calls at --alert-at of the plan', helpValue: 'URL'}),
    'alert-at': Flags.string({
      description: 'percentages for --alert-url [default: 80,100]',
      dependsOn: ['alert-url'],
      helpValue: 'PERCENT,…',
    }),
    'dry-run': Flags.boolean({
      description: 'show plan, price, number and every change that would be made, and make none',
    }),
    force: Flags.boolean({description: 'overwrite TWILIO_* config vars that somebody else set'}),
    'keep-on-failure': Flags.boolean({description: 'do not undo what was made when a later step is refused'}),
    wait: waitFlag('wait while another run works on the app-space; --no-wait fails instead (exit 6)'),
    'show-secrets': Flags.boolean({description: 'show the auth token'}),
    shell: Flags.boolean({
      description: 'print `export NAME=value` lines, with the auth token, for eval',
      exclusive: ['json', 'show-secrets', 'dry-run'],
    }),
    name: Flags.string({hidden: true}),
    as: Flags.string({hidden: true}),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(AddonsCreate)
    refuseNames(flags)
    const session = await this.session(flags)
    let ask = createRequest(
      {
        appSpace: this.appSpace(flags.app),
        plan: args.plan,
        keepOnFailure: flags['keep-on-failure'],
        number: numberOptionsOf(flags),
        force: flags.force,
      },
      session.settings.country ?? definitions.country.standard,
    )
    const alertUrl = flags['alert-url']
    const alerts =
      alertUrl === undefined
        ? undefined
        : alertRequest('--alert-url', alertUrl, '--alert-at', flags['alert-at'] ?? alertsAt)
    const context = await this.context(session, {wait: flags.wait})
    if (flags.pick) ask = await pick(context, ask)
    if (flags['dry-run']) return this.#preview(context, ask, alerts)

    const provisioned = await provision(context, ask)
    const set = alerts && (await setFirstAlerts(context, ask.appSpace, alerts))
    if (flags.shell) this.log(exportLines(shownVars(provisioned.vars, {secrets: true})))
    else this.#show(ask, provisioned, {...flags, alerts})
    return {...result(ask, provisioned, flags), ...(set && {alerts: set.map(alertDocument)})}
  }

  async #preview(context: AddonContext, ask: CreateRequest, alerts: AlertRequest | undefined): Promise<unknown> {
    const {appSpace, intent} = ask
    const {state, phoneNumber, calls: provisioning} = await planCreate(context, ask)
    const {plan} = intent
    const calls = [...provisioning, ...(alerts ? await previewAlerts(context, {appSpace, plan, ask: alerts}) : [])]
    const heading = {
      new: `${appSpace} would get ${planTitle(intent.plan)} with ${phoneNumber ?? 'a number'}.`,
      incomplete: `${appSpace} is half made; it would be finished as ${planTitle(intent.plan)} with ${phoneNumber ?? 'a number'}.`,
      ready: `${appSpace} has ${planTitle(intent.plan)} with ${phoneNumber ?? 'a number'} already.`,
    }[state]
    this.log(heading)
    this.log(
      calls.length === 0 ? 'Nothing would be changed.' : '\nThese changes would be sent, in this order (none was):',
    )
    for (const {method, url, form = {}} of calls) {
      const parameters = Object.entries(form).map(([name, value]) => `${name}=${value}`)
      this.log(`  ${method.padEnd(5)} ${url} ${this.colors.dim(parameters.join(' '))}`.trimEnd())
    }
    return {
      dryRun: true,
      appSpace,
      plan: intent.plan,
      pricePerMonth: plans[intent.plan].pricePerMonth,
      state,
      phoneNumber,
      calls,
    }
  }

  #show(
    ask: CreateRequest,
    {created, repaired, record, vars}: Provisioned,
    flags: {'show-secrets': boolean; alerts: AlertRequest | undefined},
  ): void {
    const {bold, dim} = this.colors
    const {appSpace} = ask
    const shown = shownVars(vars, {secrets: flags['show-secrets']})
    this.log(
      created
        ? bold(`${appSpace} has Twilio now: ${planTitle(record.plan)}.`)
        : `${appSpace} had Twilio already: ${planTitle(record.plan)}.`,
    )
    if (repaired.length > 0) this.log(`Written back: ${repaired.join(', ')}.`)
    const rows: [string, string][] = [
      ['Subaccount', vars.TWILIO_SID],
      ['Phone number', vars.TWILIO_PHONE_NUMBER],
      [
        'Config vars',
        Object.entries(shown)
          .map(([name, value]) => `${name}=${value}`)
          .join('\n'),
      ],
      ...(flags.alerts ? [['Alerts', alertsInWords(flags.alerts)] as [string, string]] : []),
    ]
    this.log(`\n${fields(rows)}\n`)
    this.log('Next')
    for (const step of nextSteps(ask.appSpace, pendingRegistrationsOf(record), {
      restarts: created || repaired.length > 0,
    }))
      this.log(`  ${dim('→')} ${step}`)
  }
}

function result(
  {appSpace}: CreateRequest,
  {created, repaired, record, vars}: Provisioned,
  flags: {'show-secrets': boolean},
) {
  return {
    created,
    appSpace,
    plan: record.plan,
    pricePerMonth: plans[record.plan].pricePerMonth,
    accountSid: vars.TWILIO_SID,
    phoneNumber: vars.TWILIO_PHONE_NUMBER,
    phoneNumberSid: record.phoneNumber?.sid,
    configVars: shownVars(vars, {secrets: flags['show-secrets']}),
    ...(created ? {} : {repaired}),
    pendingRegistrations: pendingRegistrationsOf(record),
  }
}

function nextSteps(appSpace: string, asked: string | undefined, {restarts}: {restarts: boolean}): string[] {
  return [
    ...(restarts ? [`The app restarts with the config vars; see them: aka config -a ${appSpace}`] : []),
    `What the app-space has: aka addons:info twilio -a ${appSpace}`,
    ...(asked === undefined ? [] : [asked]),
  ]
}

/** Chosen by a person, before anything is claimed: nobody waits for somebody who is reading a list. */
async function pick({registry, main}: AddonContext, ask: CreateRequest): Promise<CreateRequest> {
  requirePicking()
  if (await registry.read(ask.appSpace)) return ask
  const phoneNumber = await pickNumber(main, ask.intent)
  return {...ask, intent: {...ask.intent, phoneNumber}, explicit: new Set([...ask.explicit, 'phoneNumber'])}
}

/** aka's own add-ons can be named; an app-space has one Twilio add-on with fixed config vars. */
function refuseNames({name, as}: {name?: string | undefined; as?: string | undefined}): void {
  if (name === undefined && as === undefined) return
  throw usage(
    'NAMES_NOT_SUPPORTED',
    'An app-space has one Twilio add-on, and its config vars have fixed names: --name and --as do not apply.',
    'Leave --name and --as out.',
  )
}
