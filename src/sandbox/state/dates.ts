/** As the v2010 API writes dates: "Thu, 30 Jul 2015 20:00:00 +0000". */
export function rfc2822(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000')
}

/** As the newer APIs write dates: "2015-07-30T20:00:00Z". */
export function iso8601(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}
