import {AkaCommand} from '../../cli/base-command.js'
import {arg} from '../../cli/flags/common.js'
import type {HelpDocument} from '../../cli/help/document.js'
import {type PageName, pageNames, pageSummaries, renderPage} from '../../cli/help/pages.js'
import {fields} from '../../cli/output/fields.js'
import {ourCommand} from '../../lib/command-line.js'

export default class TwilioHelp extends AkaCommand {
  static override summary = 'explain exit codes, environment variables, JSON and scripts'
  static override description = 'For the flags of a command, add --help to it.'
  static override examples = ['<%= config.bin %> <%= command.id %> exit-codes']
  static override args = {
    page: arg({description: 'what to explain; without it, lists the pages', options: [...pageNames]}),
  }

  async run(): Promise<HelpDocument> {
    const {args} = await this.parse(TwilioHelp)
    const page = args.page as PageName | undefined
    const text =
      page === undefined
        ? fields(pageNames.map((name) => [ourCommand(`twilio:help ${name}`), pageSummaries[name]]))
        : renderPage(page, this.config)
    this.log(text)
    return {page: page ?? null, text}
  }
}
