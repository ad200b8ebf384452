import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {readCards} from '../../src/cli/cards.js'

const ICCID = '8988307000000000001'

describe('the cards of a command line', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cards-'))
  })
  afterEach(async () => rm(folder, {recursive: true}))

  it.each([
    {iccid: ICCID, flags: {file: 'cards.csv'}, code: 'ARGUMENTS_INVALID'},
    {iccid: undefined, flags: {code: 'H3LL0W0RLD'}, code: 'CARDS_MISSING'},
    {iccid: ICCID, flags: {}, code: 'REGISTRATION_CODE_MISSING'},
  ])('are refused as $code', async ({iccid, flags, code}) => {
    await expect(readCards(iccid, flags)).rejects.toMatchObject({code, exitCode: 2})
  })

  it.each([
    ['missing.csv', 'there is no such file or folder'],
    ['', 'it is a folder'],
  ])('are refused where the file cannot be read (%j): %s', async (name, reason) => {
    const file = join(folder, name)
    await expect(readCards(undefined, {file})).rejects.toMatchObject({
      code: 'FILE_NOT_ACCESSIBLE',
      message: `This machine could not read the cards in ${file}: ${reason}.`,
      exitCode: 1,
    })
  })
})
