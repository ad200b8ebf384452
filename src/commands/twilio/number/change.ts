import {Flags} from '@oclif/core'

import {fields} from '../../../lib/addon/format.js'
import type {AddonContext} from '../../../lib/addon/context.js'
import {pendingRegistrationsOf} from '../../../lib/number/pending-registrations.js'
import {confirm} from '../../../cli/prompts.js'
import {AkaCommand, appFlag, waitFlag} from '../../../cli/base-command.js'
import {usage} from '../../../lib/errors.js'
import {changeRequest, type ChangeRequest} from '../../../lib/number/change/request.js'
import {changeNumber} from '../../../lib/number/change/change.js'
import type {NumberChanged} from '../../../lib/number/change/result.js'
import {
  choiceFlags,
  exactFlags,
  regulatoryFlags,
  statusCallbackFlag,
  webhookFlags,
  numberOptionsOf,
} from '../../../cli/number-flags.js'
import {planChange, type ChangePlan} from '../../../lib/number/change/plan.js'
import {pickNumber, requirePicking} from '../../../cli/pick-number.js'
import {priceInWords, priceOfNext, type MonthlyPrice} from '../../../lib/number/price.js'
import {webhooksInWords} from '../../../lib/number/webhooks.js'
import {definitions} from '../../../lib/settings.js'

export default class TwilioNumberChange extends AkaCommand {
  static override summary = 'give an app-space another phone number in place of the one it has'
  static override description = `Buys the new number (or moves one in), writes it to TWILIO_PHONE_NUMBER, which restarts the app once, waits until the app runs with it, then releases the old number: in that order, so that the app always has a number that works. What the old number calls (webhooks) the new one calls too, unless flags say otherwise; an empty URL means none.

A change that was cut short is gone on with by the same command; after one that came to its end, it changes the number again. In a script add --from with the old number: then nothing happens once it is changed. A number that was released can usually not be bought back: --keep-old moves it to the main account instead.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default --area-code 801 --dry-run',
    '<%= config.bin %> <%= command.id %> -a api-default --pick --keep-old',
    '<%= config.bin %> <%= command.id %> -a api-default --from +18015556666 --yes',
  ]
  static override flags = {
    app: appFlag,
    ...choiceFlags,
    ...exactFlags,
    ...regulatoryFlags,
    ...webhookFlags,
    ...statusCallbackFlag,
    'keep-old': Flags.boolean({description: 'move the old number to the main account rather than release it'}),
    from: Flags.string({description: 'change nothing unless this is the number now', helpValue: '+1…'}),
    'dry-run': Flags.boolean({description: 'show old number, new number and price, and change nothing'}),
    yes: Flags.boolean({char: 'y', description: 'change it without asking'}),
    wait: waitFlag('wait while another run works on the app-space; --no-wait fails instead (exit 6)'),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioNumberChange)
    const session = await this.session(flags)
    const standardCountry = session.settings.country ?? definitions.country.standard
    const options = {appSpace: this.appSpace(flags.app), keepOld: flags['keep-old'], from: flags.from}
    let ask = changeRequest(numberOptionsOf(flags), options, standardCountry)
    if (flags.pick) requirePicking()
    const context = await this.context(session, {wait: flags.wait})
    if (flags.pick) ask = await pick(context, ask)

    const look = await planChange(context, ask)
    if (look.state === 'already') {
      this.log(`${ask.appSpace} has ${look.record.phoneNumber?.e164 ?? ''} already; nothing was changed.`)
      return result(ask, {changed: false, record: look.record})
    }
    if (flags['dry-run']) return this.#preview(ask, look, await priceOfNext(context, look))
    if (look.state === 'unfinished') this.tell('Going on with the change of the number that was cut short.')
    else await this.#agree(context, ask, look, flags.yes)
    const changed = await changeNumber(context, ask, look)
    this.#show(ask, changed)
    return result(ask, changed)
  }

  #lines({appSpace}: ChangeRequest, look: ChangePlan, price: MonthlyPrice | undefined): string {
    const {old, oldIsThere, keepOld, next = 'one that Twilio offers', webhooks, source} = look
    const fate = keepOld ? 'goes to the main account' : 'is released, and can usually not be bought back'
    const {calls, messages, status} = webhooksInWords(webhooks)
    return fields([
      ['App-space', appSpace],
      ['Old number', `${old.e164}, which ${oldIsThere ? fate : 'the subaccount has no more'}`],
      ['New number', next],
      ['Price', priceInWords(source, price)],
      ['For calls', calls],
      ['For messages', messages],
      ['For status', status],
    ])
  }

  #preview(ask: ChangeRequest, look: ChangePlan, price: MonthlyPrice | undefined): unknown {
    this.log(this.#lines(ask, look, price))
    this.log('\nNothing was changed.')
    const {state, old, next, keepOld, webhooks} = look
    return {
      dryRun: true,
      appSpace: ask.appSpace,
      state,
      oldNumber: old.e164,
      phoneNumber: next,
      keepOld,
      pricePerMonth: price?.perMonth,
      currency: price?.currency,
      webhooks,
    }
  }

  async #agree(context: AddonContext, ask: ChangeRequest, look: ChangePlan, agreed: boolean): Promise<void> {
    if (agreed) return
    this.tell(this.#lines(ask, look, await priceOfNext(context, look)))
    if (await confirm('Change the number?', {flag: '--yes'})) return
    throw usage('NOT_CONFIRMED', 'Nothing was changed.', 'Run it again when ready.')
  }

  #show({appSpace}: ChangeRequest, {changed, record, old, oldIs}: NumberChanged): void {
    const number = record.phoneNumber?.e164 ?? ''
    this.log(
      changed
        ? this.colors.bold(`${appSpace} has ${number} now.`)
        : `${appSpace} has ${number}: another run changed it.`,
    )
    const fates = {
      released: `${old.e164} was released.`,
      kept: `${old.e164} is in the main account now.`,
      gone: `${old.e164} was not there any more.`,
    }
    this.log(`  ${fates[oldIs]}`)
    const asked = pendingRegistrationsOf(record)
    if (asked !== undefined) this.log(`\nNext\n  ${this.colors.dim('→')} ${asked}`)
  }
}

/** Chosen before anything is claimed, and not where a change is half done. */
async function pick({registry, main}: AddonContext, ask: ChangeRequest): Promise<ChangeRequest> {
  const entry = await registry.read(ask.appSpace)
  if (entry?.record.state !== 'ready') return ask
  const phoneNumber = await pickNumber(main, ask.options)
  return {...ask, options: {...ask.options, phoneNumber}, explicit: new Set([...ask.explicit, 'phoneNumber'])}
}

function result(
  {appSpace}: ChangeRequest,
  {changed, record, old, oldIs}: Pick<NumberChanged, 'changed' | 'record'> & Partial<NumberChanged>,
): unknown {
  return {
    changed,
    appSpace,
    oldNumber: old?.e164,
    oldNumberIs: oldIs,
    phoneNumber: record.phoneNumber?.e164,
    phoneNumberSid: record.phoneNumber?.sid,
    pendingRegistrations: pendingRegistrationsOf(record),
  }
}
