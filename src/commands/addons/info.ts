import {age, count, fields, planTitle} from '../../lib/addon/format.js'
import {unfinished} from '../../lib/addon/unfinished.js'
import {readInfo, type AddonInfo} from '../../lib/addon/info.js'
import {checkService, plans} from '../../lib/addon/plans.js'
import {AkaCommand, arg, appFlag} from '../../cli/base-command.js'

const varsInWords: Readonly<Record<AddonInfo['configVars'], string>> = {
  set: 'set',
  incomplete: 'some are missing; `aka addons:create` again writes them back',
  missing: 'missing; `aka addons:create` again writes them back',
  foreign: 'set by somebody else (another TWILIO_SID)',
  'no such app': 'the app is gone; `aka addons:destroy` ends the add-on too',
}

export default class AddonsInfo extends AkaCommand {
  static override aliases = ['twilio:info']
  static override hiddenAliases = ['addon:info']
  static override summary = 'show the Twilio add-on of an app-space'
  static override examples = ['<%= config.bin %> <%= command.id %> twilio -a api-default']
  static override args = {
    addon: arg({description: 'twilio', default: 'twilio'}),
  }
  static override flags = {app: appFlag}

  async run(): Promise<unknown> {
    await this.leaveToCore()
    const {args, flags} = await this.parse(AddonsInfo)
    checkService(args.addon)
    const appSpace = this.appSpace(flags.app)
    const session = await this.session(flags)
    const {record, account, configVars} = await readInfo(await this.context(session), appSpace)
    const plan = plans[record.plan]
    const half = unfinished(record)
    this.log(
      fields([
        ['App-space', appSpace],
        ['Plan', planTitle(record.plan)],
        [
          'Includes',
          `${count(plan.voiceMinutesPerMonth)} voice minutes, ${count(plan.smsPerMonth)} SMS, ${count(plan.m2mPerMonth)} M2M messages a month; up to ${plan.simLimit} SIM cards`,
        ],
        ['State', record.state],
        ['Subaccount', account ? `${account.sid} (${account.status})` : (record.accountSid ?? 'none yet')],
        ['Phone number', record.phoneNumber?.e164 ?? 'none yet'],
        ['Config vars', varsInWords[configVars]],
        ['Age', age(new Date(record.createdAt))],
      ]),
    )
    if (half) this.tell(`\nHalf done: ${half.what}. To go on: ${half.command}`)
    return {
      appSpace,
      plan: record.plan,
      pricePerMonth: plan.pricePerMonth,
      state: record.state,
      accountSid: record.accountSid,
      accountStatus: account?.status,
      phoneNumber: record.phoneNumber?.e164,
      phoneNumberSid: record.phoneNumber?.sid,
      configVars,
      unfinished: half,
      createdAt: record.createdAt,
    }
  }
}
