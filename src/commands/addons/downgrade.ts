import {PlanCommand} from '../../cli/plan-command.js'

export default class AddonsDowngrade extends PlanCommand {
  static override aliases = ['twilio:downgrade']
  static override hiddenAliases = ['downgrade']
  static override summary = 'move the Twilio add-on of an app-space to a smaller plan'
  static override description =
    'Refused (exit 3) if more SIMs are held or on order than the smaller plan allows. The app is not restarted.'
  static override examples = ['<%= config.bin %> <%= command.id %> twilio:small -a api-default']

  protected override readonly direction = 'downgrade'
}
