/** In process, Akkeris is at `https://apps.sandbox.invalid/apps/…`. */
export const SANDBOX_AKKERIS_HOST = 'apps.sandbox.invalid'

export function isTwilio(host: string): boolean {
  return host.endsWith('.twilio.com')
}

export function isKore(host: string): boolean {
  return host.endsWith('.korewireless.com')
}
