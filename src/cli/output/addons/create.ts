import {ourCommand, outsideSandbox} from '../../../lib/command-line.js'
import type {CreatedDocument, CreatePreviewDocument} from '../../../lib/lifecycle/create/document.js'
import {percentages} from '../alerts.js'
import type {Colors} from '../colors.js'
import {fields} from '../fields.js'
import {nextSteps} from '../next-steps.js'
import {planTitle} from '../plans.js'

export function renderCreated(document: CreatedDocument, colors: Colors): string {
  const {created, repaired = [], appSpace, plan, accountSid, phoneNumber, configVars, alerts = []} = document
  const [alert] = alerts
  return [
    created
      ? colors.bold(`${appSpace} now has Twilio: ${planTitle(plan)}.`)
      : `${appSpace} already has Twilio: ${planTitle(plan)}.`,
    ...(repaired.length > 0 ? [`Restored: ${repaired.join(', ')}.`] : []),
    '',
    fields([
      ['Subaccount', accountSid],
      ['Phone number', phoneNumber],
      [
        'Config vars',
        Object.entries(configVars)
          .map(([name, value]) => `${name}=${value}`)
          .join('\n'),
      ],
      ...(alert ? [['Alerts', `at ${percentages(alerts)} of the plan, to ${alert.url}`] as const] : []),
    ]),
    '',
    nextSteps(stepsAfter(document), colors),
  ].join('\n')
}

function stepsAfter({created, repaired = [], appSpace, pendingRegistrations}: CreatedDocument): string[] {
  const restarts = created || repaired.length > 0
  return [
    ...(restarts
      ? outsideSandbox(`The app restarts with the config vars; to see them: aka config -a ${appSpace}`)
      : []),
    `To see the add-on: ${ourCommand(`addons:info twilio -a ${appSpace}`)}`,
    ...(pendingRegistrations === null ? [] : [pendingRegistrations]),
  ]
}

export function renderPreview(
  {appSpace, plan, state, phoneNumber, calls}: CreatePreviewDocument,
  {dim}: Colors,
): string {
  const what = `${planTitle(plan)} with ${phoneNumber ?? 'a number'}`
  const headings = {
    new: `${appSpace} would get ${what}.`,
    incomplete: `${appSpace} is incomplete; it would be finished as ${what}.`,
    ready: `${appSpace} already has ${what}.`,
  }
  return [
    headings[state],
    calls.length === 0 ? 'Nothing would be changed.' : '\nThese changes would be sent, in this order (none was):',
    ...calls.map(({method, url, form = {}}) => {
      const parameters = Object.entries(form).map(([name, value]) => `${name}=${value}`)
      return `  ${method.padEnd(5)} ${url} ${dim(parameters.join(' '))}`.trimEnd()
    }),
  ].join('\n')
}
