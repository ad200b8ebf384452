import {mkdir, unlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import type {ESimProfile} from '../../lib/carrier/port.js'
import {ourCommand} from '../../lib/command-line.js'
import {Failure} from '../../lib/errors.js'
import {locally, writePrivateFile} from '../../lib/local-files.js'
import {lpaOf} from '../../lib/sims/lpa.js'

/** The last line in colours has nothing but these. */
const emptyEnd = new RegExp(String.raw`\n(?:\u001B\[\d+m)*\n?$`)

/** A QR code in characters, small enough for 80 columns; in colours it is black on white on dark terminals too. */
export async function qrForTerminal(activationCode: string, {colors}: {colors: boolean}): Promise<string> {
  const {default: qrcode} = await import('qrcode')
  const form = colors ? ({type: 'terminal', small: true} as const) : ({type: 'utf8'} as const)
  const drawn = await qrcode.toString(lpaOf(activationCode), {...form, errorCorrectionLevel: 'L'})
  return drawn.replace(emptyEnd, '')
}

/**
 * Makes sure, before anything is ordered, that QR codes can be written into the folder.
 * @throws {Failure} about this machine
 */
export async function prepareQrFolder(folder: string | undefined): Promise<void> {
  if (folder === undefined) return
  const suggestions = ['Nothing was ordered. Give another --qr-dir, or leave it out.'] as const
  await locally({doing: `write QR codes into ${folder}`, suggestions}, async () => {
    await mkdir(folder, {recursive: true})
    const probe = join(folder, `.aka-twilio-${process.pid}`)
    await writeFile(probe, Buffer.alloc(8192), {flag: 'wx', mode: 0o600})
    await unlink(probe)
  })
}

/**
 * Writes a PNG for each profile that has a code, if there is a folder for them. What was ordered is reported even where that fails:
 * then a person is warned.
 * @returns the files by the profile's SID
 */
export async function writeQrFiles(
  folder: string | undefined,
  profiles: readonly ESimProfile[],
  warn: (sentence: string) => unknown,
): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  if (folder === undefined) return files
  const {default: qrcode} = await import('qrcode')
  for (const {sid, activationCode} of profiles) {
    if (activationCode === undefined) continue
    const file = join(folder, `${sid}.png`)
    const doing = `write the QR code of ${sid} to ${file}`
    const suggestions = [`Activation codes: ${ourCommand('twilio:sims:orders -a APP-SPACE')}`] as const
    try {
      const png = await qrcode.toBuffer(lpaOf(activationCode), {width: 400})
      await locally({doing, suggestions}, () => writePrivateFile(file, png))
      files.set(sid, file)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      warn(`${error.message} ${suggestions.join(' ')}`)
    }
  }
  return files
}
