/** A date in the v2010 API: "Thu, 30 Jul 2015 20:00:00 +0000". */
export function rfc2822(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000')
}

/** A date in the newer APIs and at Akkeris: "2015-07-30T20:00:00Z". */
export function iso8601(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** An amount, with as many decimals as it needs, five at most. */
export function decimal(amount: number): string {
  return String(Number(amount.toFixed(5)))
}

/** "(801) 555-0100" in the US and Canada; other numbers stay as they are. */
export function formatPhoneNumber(phoneNumber: string): string {
  const nanp = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phoneNumber)
  return nanp ? `(${nanp[1] ?? ''}) ${nanp[2] ?? ''}-${nanp[3] ?? ''}` : phoneNumber
}

/** The `subresource_uris` of an answer of the v2010 API: `paths` by their names in it. */
export function subresourceUris(base: string, paths: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, `${base}/${path}.json`]))
}
