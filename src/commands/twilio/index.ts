import {Flags} from '@oclif/core'

import {selectionFlags, selectionOf} from '../../cli/addon-selection.js'
import {appOrNone} from '../../cli/aka-core.js'
import {AkaCommand} from '../../cli/base-command.js'
import {listSelected} from '../../cli/listed-addons.js'
import {skippedItems} from '../../cli/output/sentences.js'
import {addonListCsv, renderAddonList, renderConditions, renderNoAddons} from '../../cli/output/twilio/index.js'
import type {AddonListDocument} from '../../lib/addon/document.js'
import {isSelective, sorted} from '../../lib/addon/selection.js'

export default class Twilio extends AkaCommand {
  static override summary = 'list the Twilio add-ons of the main account'
  static override description =
    'App-spaces with their plan, number, state and age, from the registry that all machines share; and what was done to them outside of this tool: subaccounts that were closed or suspended, config vars that are gone (of up to 100 add-ons).'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    "<%= config.bin %> <%= command.id %> --filter 'preview-*' --older-than 30d -q",
    '<%= config.bin %> <%= command.id %> --state suspended --csv',
    "<%= config.bin %> <%= command.id %> --sending --filter 'shop-*'",
  ]
  static override flags = {
    ...selectionFlags,
    sending: Flags.boolean({
      description: 'also show whether US carriers deliver the SMS of each number: a few requests per US number',
      exclusive: ['quiet'],
    }),
    csv: Flags.boolean({description: 'as CSV', exclusive: ['json', 'quiet']}),
    quiet: Flags.boolean({char: 'q', description: 'only the names of the app-spaces', exclusive: ['json']}),
  }

  async run(): Promise<AddonListDocument> {
    const {flags} = await this.parse(Twilio)
    const selection = selectionOf(flags)
    const {list, unknown, failures} = await listSelected(
      (work) => this.sessions.ofEachProfile(flags, work),
      selection,
      flags,
    )
    const document = {...list, addons: sorted(list.addons, flags.sort)}
    if (flags.csv) this.print(await addonListCsv(document))
    else if (flags.quiet) this.#printNames(document)
    else await this.#show(document, isSelective(selection))
    if (unknown.length > 0) this.warn(skippedItems(unknown))
    return {...document, ...this.failWithResult(failures)}
  }

  #printNames({addons}: AddonListDocument): void {
    if (addons.length > 0) this.print(addons.map(({appSpace}) => appSpace).join('\n'))
  }

  async #show(document: AddonListDocument, isSelection: boolean): Promise<void> {
    if (document.addons.length > 0) await this.logList(() => renderAddonList(document, this.colors))
    else if (isSelection) return this.logToStderr('No add-on matches.')
    else this.log(renderNoAddons(document))
    const more = renderConditions(document, () => appOrNone(undefined, this.machine.env), this.colors)
    if (more !== undefined) this.logToStderr(more)
  }
}
