import {Flags} from '@oclif/core'

import {createAlertFlags} from './alerts.js'
import {bulkFlags} from './bulk.js'
import {appFlag, dryRunFlag, noNameFlags, waitForOthersFlags, yesFlag} from './common.js'
import {createLabelFlag} from './labels.js'
import {newNumberFlags} from './number.js'

/** Everything that can be asked of an add-on that an app-space is to get, and how it is shown. */
export const createFlags = {
  app: appFlag,
  ...bulkFlags,
  yes: yesFlag('do not ask'),
  ...newNumberFlags,
  ...createAlertFlags,
  ...createLabelFlag,
  'dry-run': dryRunFlag('show plan, price, number and every change that would be made, and change nothing'),
  verbose: Flags.boolean({description: 'with --dry-run: the requests, too', dependsOn: ['dry-run']}),
  force: Flags.boolean({description: 'overwrite TWILIO_* config vars that somebody else set'}),
  'keep-on-failure': Flags.boolean({description: 'do not roll back if a later step is refused'}),
  ...waitForOthersFlags,
  'show-secrets': Flags.boolean({description: 'show the auth token'}),
  shell: Flags.boolean({
    description: 'print `export NAME=value` lines, with the auth token, for eval',
    exclusive: ['json', 'show-secrets', 'dry-run'],
  }),
  ...noNameFlags,
}
