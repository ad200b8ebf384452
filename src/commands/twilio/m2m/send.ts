import {Flags} from '@oclif/core'

import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag, arg, followFlag, timeoutFlag} from '../../../cli/flags/common.js'
import {refused} from '../../../lib/errors.js'
import {openSims} from '../../../lib/sims/context.js'
import type {SimMessageSentDocument} from '../../../lib/sims/document.js'
import {followMessage, sendMessage} from '../../../lib/sims/messages.js'

export default class TwilioM2mSend extends AkaCommand {
  static override summary = 'send a machine-to-machine message to a SIM'
  static override description =
    'By SMS (up to 160 characters); for Super SIM also over IP, to a UDP port of the device. With --binary the payload is Base64.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default van-12 "report position" --wait',
    '<%= config.bin %> <%= command.id %> -a api-default van-12 AQID --binary --port 4000',
  ]
  static override args = {
    sim: arg({description: 'SID or name of the SIM', required: true}),
    payload: arg({description: 'what to send', required: true}),
  }
  static override flags = {
    app: appFlag,
    binary: Flags.boolean({description: 'the payload is Base64'}),
    port: Flags.integer({description: 'over IP, to this UDP port of the device', min: 1, max: 65_535, helpValue: 'N'}),
    wait: followFlag('wait until it is delivered or has failed'),
    timeout: timeoutFlag,
  }

  async run(): Promise<SimMessageSentDocument> {
    const {args, flags} = await this.parse(TwilioM2mSend)
    const {binary, port, wait} = flags
    const appSpace = await this.appSpace(flags.app)
    const {context} = await openSims(await this.context(await this.session(flags)), appSpace)
    const sim = await context.sims.fetchSim(args.sim)
    const to = sim.name ?? sim.sid
    const sent = await sendMessage(context, {sim, payload: args.payload, binary, ...(port !== undefined && {port})})
    const {sid, status, transport} = wait ? await followMessage(context, sent) : sent
    if (status === 'failed')
      throw refused('MESSAGE_FAILED', `${sid} to ${to} failed.`, 'Is the device on, and within reach of its network?')
    this.log(`${sid} to ${to}: ${status}.`)
    return {appSpace, sim: sim.sid, message: sid, status, transport}
  }
}
