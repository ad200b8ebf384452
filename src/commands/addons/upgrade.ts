import {PlanCommand} from '../../cli/plan-command.js'

export default class AddonsUpgrade extends PlanCommand {
  static override aliases = ['twilio:upgrade']
  static override hiddenAliases = ['upgrade']
  static override summary = 'move the Twilio add-on of an app-space to a larger plan'
  static override description =
    'The app is not restarted: its subaccount, number and config vars stay as they are. On a terminal it asks first, because a larger plan costs more.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> twilio:medium -a api-default',
    '<%= config.bin %> <%= command.id %> twilio:medium -a api-default --yes',
  ]

  protected override readonly direction = 'upgrade'
}
