import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import createDebug from 'debug'

import {forgetSecrets, rememberSecret} from '../../../src/lib/secrets.js'
import {logging} from '../../../src/lib/transport/log.js'
import {type HttpRequest, NoAnswer} from '../../../src/lib/transport/types.js'

const request: HttpRequest = {
  method: 'POST',
  url: 'https://api.twilio.com/Accounts.json?Token=secret-of-a-url',
  headers: {authorization: 'Basic secret'},
  body: 'Token=secret-in-a-body',
}

describe('the log of requests', () => {
  let lines: string[]
  const {log} = createDebug
  beforeEach(() => {
    lines = []
    createDebug.log = (...args: unknown[]) => void lines.push(args.join(' '))
    createDebug.enable('aka-twilio:http')
    rememberSecret('secret-of-a-url')
  })
  afterEach(() => {
    createDebug.log = log
    createDebug.disable()
    forgetSecrets()
  })

  it('has a line for each answer, with what Twilio calls the request, and never a header, a body or a secret', async () => {
    const headers = {'twilio-request-id': 'RQ123', 'x-secret': 'secret-in-an-answer'}
    await logging(async () => ({status: 201, headers, body: 'secret-in-a-body'}))(request)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/POST https:\/\/api\.twilio\.com\/Accounts\.json.* → 201 \(RQ123\) in \d+ ms/)
    expect(lines[0]).not.toContain('secret')
  })

  it('says why there was no answer', async () => {
    const lost = logging(() => Promise.reject(new NoAnswer('it hung up', {sent: true})))
    await expect(lost(request)).rejects.toThrow('it hung up')
    expect(lines[0]).toContain('no answer: it hung up')
  })
})
