import {Flags} from '@oclif/core'

import {AkaCommand, appFlag} from '../../../cli/base-command.js'
import {Failure} from '../../../lib/errors.js'
import type {SimMessage} from '../../../lib/carrier/port.js'
import {openSims, type SimContext} from '../../../lib/sims/context.js'
import {newMessages} from '../../../lib/sims/messages.js'
import {table} from '../../../cli/output/table.js'

export default class TwilioM2m extends AkaCommand {
  static override summary = 'show recent machine-to-machine messages, to and from SIMs'
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default',
    '<%= config.bin %> <%= command.id %> -a api-default --sim van-12 --follow',
  ]
  static override flags = {
    app: appFlag,
    sim: Flags.string({description: 'only of this SIM, by SID or name'}),
    limit: Flags.integer({description: 'how many at most', default: 20, min: 1, max: 1000, helpValue: 'N'}),
    follow: Flags.boolean({char: 'f', description: 'show new ones as they come, until Ctrl-C', exclusive: ['json']}),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioM2m)
    const appSpace = this.appSpace(flags.app)
    const {context} = await openSims(await this.context(await this.session(flags)), appSpace)
    const sim = flags.sim === undefined ? undefined : await context.sims.fetchSim(flags.sim)
    // As many as are looked at when following: what is not shown is not new then either.
    const limit = Math.max(flags.limit, 50)
    const [recent, sims] = await Promise.all([
      context.sims.listMessages({limit, ...(sim && {sim})}),
      context.sims.listSims(),
    ])
    const messages = recent.slice(0, flags.limit)
    const names = new Map(sims.map(({sid, name}) => [sid, name ?? sid]))
    const row = (message: SimMessage) => cells(message, names.get(message.sim) ?? message.sim)
    if (messages.length === 0) this.log('There are no messages.')
    else
      this.log(await table(['Time (UTC)', 'SIM', 'Direction', 'Status', 'Payload'], [...messages].reverse().map(row)))
    if (flags.follow)
      await this.#follow(context, async (message) => this.log(await table([], [row(message)])), {sim, seen: recent})
    return {appSpace, messages: messages.map((message) => ({...message, simName: names.get(message.sim)}))}
  }

  /** Ctrl-C is how it ends, not how it fails. */
  async #follow(
    context: SimContext,
    show: (message: SimMessage) => Promise<void>,
    from: Parameters<typeof newMessages>[1],
  ): Promise<void> {
    try {
      for await (const message of newMessages(context, from)) await show(message)
    } catch (error) {
      if (!(error instanceof Failure) || error.outcome !== 'interrupted') throw error
    }
  }
}

function cells({createdAt, direction, status, payload, binary}: SimMessage, sim: string): string[] {
  const time = createdAt.toISOString().slice(0, 19).replace('T', ' ')
  return [time, sim, direction, status, binary ? `${payload} (Base64)` : payload]
}
