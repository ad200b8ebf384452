/** A request as it would be sent. `{subaccount}` stands for the SID that Twilio would give. */
export interface PlannedRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly form?: Readonly<Record<string, string>>
}
