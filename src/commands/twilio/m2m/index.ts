import {Flags} from '@oclif/core'

import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag} from '../../../cli/flags/common.js'
import {renderMessage, renderMessages} from '../../../cli/output/twilio/m2m/index.js'
import {openSims} from '../../../lib/sims/context.js'
import {simMessageDocument, type SimMessagesDocument} from '../../../lib/sims/document.js'
import {newMessages} from '../../../lib/sims/messages.js'

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

  async run(): Promise<SimMessagesDocument> {
    const {flags} = await this.parse(TwilioM2m)
    const appSpace = await this.appSpace(flags.app)
    const {context} = await openSims(await this.context(await this.session(flags)), appSpace)
    const sim = flags.sim === undefined ? undefined : await context.sims.fetchSim(flags.sim)
    // As many as are looked at when following: what is not shown is not new then either.
    const limit = Math.max(flags.limit, 50)
    const [recent, sims] = await Promise.all([
      context.sims.listMessages({limit, ...(sim && {sim})}),
      context.sims.listSims(),
    ])
    const names = new Map(sims.map(({sid, name}) => [sid, name ?? sid]))
    const messages = recent.slice(0, flags.limit).map((message) => simMessageDocument(message, names))
    if (!flags.follow) await this.logList(() => renderMessages(messages))
    else {
      this.log(() => renderMessages(messages))
      this.logToStderr('Showing new messages as they come; Ctrl-C stops.')
      await this.interruption.untilInterrupted(async () => {
        for await (const message of newMessages(context, {sim, seen: recent}))
          this.log(() => renderMessage(simMessageDocument(message, names), messages))
      })
    }
    return {appSpace, messages}
  }
}
