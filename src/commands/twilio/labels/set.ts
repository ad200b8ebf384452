import {BulkCommand} from '../../../cli/bulk/command.js'
import {bulkFlags} from '../../../cli/flags/bulk.js'
import {appFlag, arg, dryRunFlag, waitForOthersFlags} from '../../../cli/flags/common.js'
import {labelChangeFlag, labelsAsFlags} from '../../../cli/flags/labels.js'
import {labelsInBrief} from '../../../cli/output/brief.js'
import {parseLabels} from '../../../lib/addon/labels.js'
import {type LabelsDocument, previewLabels, setLabels} from '../../../lib/lifecycle/set-labels.js'

export default class TwilioLabelsSet extends BulkCommand {
  static override summary = 'label the Twilio add-on of an app-space, for finding it and for accounting'
  static override description =
    'Labels that are not named stay; an empty value removes one. The list of add-ons shows them, also in CSV and JSON, and can be filtered by them (--label). Safe to repeat.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default team=payments env=prod',
    '<%= config.bin %> <%= command.id %> -a api-default env=',
    '<%= config.bin %> <%= command.id %> --apps-from apps.csv --label team=payments',
  ]
  static override args = {label: arg({description: 'KEY=VALUE, the same as --label; repeatable'})}
  static override flags = {
    app: appFlag,
    ...labelChangeFlag,
    ...bulkFlags,
    'dry-run': dryRunFlag('show which labels it would have, and change nothing'),
    ...waitForOthersFlags,
  }

  async run(): Promise<LabelsDocument | undefined> {
    return this.oneOrMany(
      await this.parse(
        TwilioLabelsSet,
        labelsAsFlags(this.argv, {...TwilioLabelsSet.baseFlags, ...TwilioLabelsSet.flags}),
      ),
      {
        doing: 'labelling the add-ons of',
        request: ({flags}, appSpace) => ({appSpace, changes: parseLabels(flags.label, {mayRemove: true})}),
        carryOut: setLabels,
        preview: previewLabels,
        brief: labelsInBrief,
      },
      (document) => `${document.appSpace} ${labelsInBrief(document)}.`,
    )
  }
}
