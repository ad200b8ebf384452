import {createHmac} from 'node:crypto'

/**
 * `X-Twilio-Signature`: the address followed by each parameter of the form, in order of their names, with the account's primary token
 * as the key (https://www.twilio.com/docs/usage/webhooks/webhooks-security).
 */
export function signatureOf(authToken: string, url: string, form: Readonly<Record<string, string>>): string {
  const text = Object.keys(form)
    .sort()
    .reduce((signed, name) => signed + name + (form[name] ?? ''), url)
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64')
}
