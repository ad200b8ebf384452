import {Args, Flags} from '@oclif/core'

import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag} from '../../../cli/flags/common.js'
import {asksForEmbedded, sandboxPath} from '../../../lib/session.js'
import type {SandboxUsageDocument} from '../../../sandbox/document.js'
import {requireServed, servedByEnvironment} from '../../../sandbox/served.js'

export default class TwilioSandboxUsage extends AkaCommand {
  static override summary = 'add usage to an add-on in the sandbox'
  static override description = `Simulates traffic, for trying usage, alerts and invoices. It is added to the messages and calls in the sandbox.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> sms 2500 -a demo-dev',
    '<%= config.bin %> <%= command.id %> calls 90 -a demo-dev --day 2026-03-10 --count 30 --price 1.26',
  ]
  static override args = {
    category: Args.string({
      description: "Twilio's usage category: sms, calls, wireless-super-sim-smscommands …",
      required: true,
    }),
    amount: Args.string({description: 'messages, minutes or commands', required: true}),
  }
  static override flags = {
    app: appFlag,
    day: Flags.string({description: 'when, such as 2026-03-10; today without this', helpValue: 'DAY'}),
    count: Flags.string({description: 'how many, if that is not the amount (calls)', helpValue: 'NUMBER'}),
    price: Flags.string({
      description: "what it costs, in US dollars [default: the sandbox's prices for messages, minutes and commands]",
      helpValue: 'AMOUNT',
    }),
  }

  async run(): Promise<SandboxUsageDocument> {
    const {args, flags} = await this.parse(TwilioSandboxUsage)
    const {day, count, price} = flags
    const fields = {
      app: await this.appSpace(flags.app),
      category: args.category,
      usage: Number(args.amount),
      ...(day !== undefined && {day}),
      ...(count !== undefined && {count: Number(count)}),
      ...(price !== undefined && {price: Number(price)}),
    }
    const served = (await asksForEmbedded(this.machine, flags)) ? undefined : servedByEnvironment(this.machine.env)
    const entry =
      served === undefined
        ? await this.#addEmbedded(fields)
        : ((await requireServed(served, 'usage', fields)) as SandboxUsageDocument)
    this.log(`${fields.app}: ${entry.usage} more of ${entry.category} used on ${entry.day}.`)
    return entry
  }

  async #addEmbedded(fields: Readonly<Record<string, unknown>>): Promise<SandboxUsageDocument> {
    const {addEmbeddedUsage} = await import('../../../sandbox/embedded-usage.js')
    return addEmbeddedUsage(sandboxPath(this.machine), fields)
  }
}
