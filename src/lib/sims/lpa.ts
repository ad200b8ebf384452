/** What a device takes to fetch an eSIM profile, by its camera or typed: `LPA:` and the activation code (GSMA SGP.22, section 4.1). */
export function lpaOf(activationCode: string): string {
  return activationCode.startsWith('LPA:') ? activationCode : `LPA:${activationCode}`
}
