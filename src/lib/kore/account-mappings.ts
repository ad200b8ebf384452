import type {KoreAccount} from './connect.js'

/** A KORE account, and the Twilio account that it is linked to. */
export interface AccountMapping {
  /** `acct_…`, for people. */
  readonly koreAccount: string
  /** `AC…` */
  readonly twilioAccount: string | undefined
}

/** https://docs.korewireless.com, `GET /v1/platform_account_mappings` */
export async function listAccountMappings(account: KoreAccount): Promise<AccountMapping[]> {
  const {platforms} = await account.get('https://iam.api.korewireless.com/v1/platform_account_mappings', {
    platforms: [{id: 'string?', legacy_account_id: 'string?', platform: 'string?'}],
  })
  const mappings = (platforms ?? []) as {
    id?: string | null
    legacy_account_id?: string | null
    platform?: string | null
  }[]
  return mappings
    .filter(({platform}) => !platform || platform === 'twilio')
    .map(({id, legacy_account_id: twilioAccount}) => ({
      koreAccount: id || 'without an id',
      twilioAccount: twilioAccount || undefined,
    }))
}
