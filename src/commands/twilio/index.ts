import {age} from '../../lib/addon/format.js'
import {AkaCommand} from '../../cli/base-command.js'
import {table} from '../../cli/output/table.js'

export default class Twilio extends AkaCommand {
  static override summary = 'list the Twilio add-ons of the main account'
  static override description =
    'App-spaces with their plan, number, state and age, from the registry that all machines share.'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<unknown> {
    const {flags} = await this.parse(Twilio)
    const session = await this.session(flags)
    const registry = await session.registry()
    const {records, unknown} = await registry.list()
    records.sort((a, b) => a.appSpace.localeCompare(b.appSpace))
    const hosts = new Set(records.map(({host}) => host))
    if (records.length === 0) {
      this.log('No app-space has a Twilio add-on yet.')
      this.tell('To make one: aka addons:create twilio:small -a APP-SPACE')
    } else {
      const several = hosts.size > 1
      const head = ['App-space', 'Plan', 'Number', 'State', 'Age', ...(several ? ['Akkeris'] : [])]
      const rows = records.map(({appSpace, plan, phoneNumber, state, createdAt, host}) => [
        appSpace,
        plan,
        phoneNumber?.e164 ?? '–',
        state,
        age(new Date(createdAt)),
        ...(several ? [host] : []),
      ])
      this.log(await table(head, rows))
    }
    if (unknown.length > 0) {
      this.caution(`Not written by this version of aka-twilio, and left out: ${unknown.join(', ')}`)
    }
    return {
      registry: registry.name,
      addons: records.map(({appSpace, host, plan, phoneNumber, state, accountSid, createdAt}) => ({
        appSpace,
        host,
        plan,
        state,
        accountSid,
        phoneNumber: phoneNumber?.e164,
        createdAt,
      })),
    }
  }
}
