import {expect, it} from '@jest/globals'

import {shownRequest} from '../../../src/lib/addon/planned-request.js'

it('a request is shown without the passwords and tokens of the URLs in it', () => {
  const request = {method: 'POST', url: 'https://api.twilio.com/x'} as const
  const form = {VoiceUrl: 'https://user:open-sesame@example.com/?token=abcdefghij', FriendlyName: 'api'}
  const shown = shownRequest({...request, form})
  expect(shown).toMatchObject({
    ...request,
    form: {FriendlyName: 'api', VoiceUrl: expect.stringContaining('example.com')},
  })
  expect(JSON.stringify(shown)).not.toMatch(/open-sesame|abcdefghij/)
  expect(shownRequest(request)).toEqual(request)
})
