import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'

import type {ESimProfile} from '../../lib/carrier/port.js'

/** What a device's camera reads to fetch an eSIM profile: `LPA:` and the activation code (GSMA SGP.22, section 4.1). */
export function qrText(activationCode: string): string {
  return activationCode.startsWith('LPA:') ? activationCode : `LPA:${activationCode}`
}

/** A QR code in characters, small enough for 80 columns; in colours it is black on white on dark terminals too. */
export async function qrForTerminal(activationCode: string, {colors}: {colors: boolean}): Promise<string> {
  const {default: qrcode} = await import('qrcode')
  const form = colors ? ({type: 'terminal', small: true} as const) : ({type: 'utf8'} as const)
  return qrcode.toString(qrText(activationCode), {...form, errorCorrectionLevel: 'L'})
}

/** Writes a PNG for each profile that has a code, if there is a folder for them. @returns the files by the profile's SID */
export async function writeQrFiles(
  folder: string | undefined,
  profiles: readonly ESimProfile[],
): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  if (folder === undefined) return files
  const {default: qrcode} = await import('qrcode')
  await mkdir(folder, {recursive: true})
  for (const {sid, activationCode} of profiles) {
    if (activationCode === undefined) continue
    const file = join(folder, `${sid}.png`)
    await qrcode.toFile(file, qrText(activationCode), {width: 400})
    files.set(sid, file)
  }
  return files
}
