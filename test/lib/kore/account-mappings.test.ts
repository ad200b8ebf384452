import {describe, expect, it} from '@jest/globals'

import {listAccountMappings} from '../../../src/lib/kore/account-mappings.js'
import {json, startKore} from '../../support/in-process-kore.js'

const mappings = (body: unknown) => listAccountMappings(startKore({other: () => json(200, body)}).account)
const linked = {id: 'acct_1', legacy_account_id: 'AC1', platform: 'twilio'}

describe('the Twilio accounts that a KORE account is linked to', () => {
  it('are those of its platforms that are Twilio’s, or of which KORE does not say', async () => {
    const platforms = [linked, {...linked, id: 'acct_2', platform: 'other'}, {id: 'acct_3', legacy_account_id: 'AC3'}]
    expect(await mappings({platforms})).toEqual([
      {koreAccount: 'acct_1', twilioAccount: 'AC1'},
      {koreAccount: 'acct_3', twilioAccount: 'AC3'},
    ])
  })

  it.each([null, ''])('may be none: %j', async (nothing) => {
    expect(await mappings({platforms: [{...linked, legacy_account_id: nothing}]})).toEqual([
      {koreAccount: 'acct_1', twilioAccount: undefined},
    ])
  })

  it('may be those of an account of which KORE does not say which', async () => {
    expect(await mappings({platforms: [{...linked, id: null}]})).toMatchObject([{koreAccount: 'without an id'}])
  })

  it.each([{}, {platforms: null}, {platforms: []}])('are not there where KORE lists nothing: %j', async (body) => {
    expect(await mappings(body)).toEqual([])
  })

  it('are asked for at KORE’s own address', async () => {
    const {account, requests} = startKore({other: () => json(200, {})})
    await listAccountMappings(account)
    expect(requests).toMatchObject([{url: 'https://iam.api.korewireless.com/v1/platform_account_mappings'}])
  })
})
