import {mkdtemp, readdir, rm, stat, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {prepareQrFolder, qrForTerminal, writeQrFiles} from '../../../src/cli/output/qr.js'
import type {ESimProfile} from '../../../src/lib/carrier/port.js'

it('a QR code on the terminal is small enough for 80 columns, and has no colours where there are none', async () => {
  const code = `1$SM-DP-PLUS.TWILIO.COM$${'ABCDE-'.repeat(4)}ABCDE`
  const plain = await qrForTerminal(code, {colors: false})
  expect(Math.max(...plain.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(plain).not.toContain('\u001B')
  expect(await qrForTerminal(code, {colors: true})).toContain('\u001B[')
})

describe('a folder for QR codes', () => {
  const profile = {sid: 'HP1', activationCode: '1$SM-DP$ABC'} as ESimProfile
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aka-twilio-qr-'))
  })
  afterEach(() => rm(folder, {recursive: true, force: true}))

  it('is made and tried before anything is ordered, and holds only the codes', async () => {
    const inside = join(folder, 'codes')
    await prepareQrFolder(inside)
    const files = await writeQrFiles(inside, [profile], () => undefined)
    expect([...files.values()]).toEqual([join(inside, 'HP1.png')])
    expect(await readdir(inside)).toEqual(['HP1.png'])
    expect((await stat(join(inside, 'HP1.png'))).mode & 0o777).toBe(0o600)
  })

  it('that is a file is refused then, with a sentence about this machine', async () => {
    const file = join(folder, 'codes')
    await writeFile(file, 'x')
    await expect(prepareQrFolder(file)).rejects.toMatchObject({
      code: 'FILE_NOT_ACCESSIBLE',
      suggestions: [expect.stringMatching(/^Nothing was ordered/)],
    })
  })

  it('that goes away meanwhile is reported, and hides nothing of what was ordered', async () => {
    const told: string[] = []
    const files = await writeQrFiles(join(folder, 'gone'), [profile], (sentence) => void told.push(sentence))
    expect([files.size, told]).toEqual([0, [expect.stringMatching(/^This machine could not write the QR code of HP1/)]])
  })
})
