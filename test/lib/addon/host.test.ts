import {expect, it} from '@jest/globals'

import {requireSameHost} from '../../../src/lib/addon/host.js'
import {addonRecord} from '../../support/in-process-addon.js'

it('an item of another Akkeris is not taken for ours: a registry for this one is suggested, or that host', () => {
  const at = (host: string) => () =>
    requireSameHost(addonRecord({host: 'apps.example.com'}), {
      registry: {name: 'aka-twilio'} as never,
      akkeris: {host} as never,
    })
  expect(at('apps.example.com')).not.toThrow()
  expect(at('apps.eu_1.example.com:8443')).toThrow(
    expect.objectContaining({
      code: 'HOST_MISMATCH',
      exitCode: 6,
      suggestions: [
        expect.stringContaining('twilio:settings set registry aka-twilio-apps-eu-1-example-com-8443'),
        'Or set AKKERIS_API_HOST=apps.example.com if that one was meant.',
      ],
    }),
  )
})
