import {Flags} from '@oclif/core'

import {type AlertRequest, standardPercents} from '../../lib/alerts/alert.js'
import {alertRequest} from '../../lib/alerts/set.js'

/** Alerts for an add-on that is being created. */
export const createAlertFlags = {
  'alert-url': Flags.string({
    description: 'URL that Twilio calls when usage reaches --alert-at of the plan',
    helpValue: 'URL',
  }),
  'alert-at': Flags.string({
    description: `percentages for --alert-url [default: ${standardPercents}]`,
    dependsOn: ['alert-url'],
    helpValue: 'PERCENT,…',
  }),
}

/** @throws {Failure} `usage` */
export function alertsFrom(flags: {
  readonly 'alert-url'?: string | undefined
  readonly 'alert-at'?: string | undefined
}): AlertRequest | undefined {
  const {'alert-url': url, 'alert-at': percents = standardPercents} = flags
  return url === undefined ? undefined : alertRequest('--alert-url', url, '--alert-at', percents)
}
