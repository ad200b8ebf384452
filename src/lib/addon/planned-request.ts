import {maskUrls} from '../secrets.js'

/** A request as it would be sent; `{subaccount}` is in the place of a SID that Twilio has not assigned yet. */
export interface PlannedRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly form?: Readonly<Record<string, string>>
}

/** For people and scripts: URLs in the form are shown without their passwords and tokens. */
export function shownRequest({form, ...request}: PlannedRequest): PlannedRequest {
  if (!form) return request
  return {...request, form: Object.fromEntries(Object.entries(form).map(([name, value]) => [name, maskUrls(value)]))}
}
