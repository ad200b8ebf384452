import {describe, expect, it} from '@jest/globals'

import {parseTwiml} from '../../../src/sandbox/webhooks/twiml.js'

describe('TwiML', () => {
  it('is read with its attributes, entities and nested elements', () => {
    const parsed = parseTwiml(
      '<?xml version="1.0"?><!-- menu --><Response>\n<Say voice="alice">A &amp; <b>B</b> &#233;</Say>' +
        '<Message>text<Media>/cat.png</Media></Message><Say><![CDATA[<raw>]]></Say></Response>',
    )
    expect(parsed).toMatchObject({
      verbs: [
        {name: 'Say', attributes: {voice: 'alice'}, text: 'A & B é'},
        {name: 'Message', ownText: 'text', children: [{name: 'Media', text: '/cat.png'}]},
        {name: 'Say', text: '<raw>'},
      ],
    })
  })

  it.each([
    '',
    'hello',
    '<Response>',
    '<Response><Say></Response>',
    '<Response><Say>A & B</Say></Response>',
    '<Response><Say voice=alice>A</Say></Response>',
    '<response/>',
    '<Say>A</Say>',
    '<Response/><Response/>',
    '\n<?xml version="1.0"?><Response/>',
    '<Response>&nbsp;</Response>',
  ])('is refused as 12100 when it is %j', (document) => {
    expect(parseTwiml(document)).toMatchObject({
      error: {code: 12100, message: expect.stringMatching(/^Document parse/)},
    })
  })
})
