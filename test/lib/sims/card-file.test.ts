import {describe, expect, it} from '@jest/globals'

import {checkCards, parseCards} from '../../../src/lib/sims/card-file.js'

const one = {iccid: '8988307000000000001', code: 'H3LL0W0RLD'}
const two = {iccid: '8988307000000000002', code: 'H3LL0W0RLD'}

describe('a list of cards', () => {
  it.each([
    ['lines', `${one.iccid},${one.code}\n${two.iccid},${two.code}\n`],
    ['a heading', `ICCID,Code\n${one.iccid},${one.code}\n${two.iccid},${two.code}`],
    ['semicolons', `${one.iccid};${one.code}\n${two.iccid};${two.code}`],
    ['tabs and Windows line ends', `${one.iccid}\t${one.code}\r\n${two.iccid}\t${two.code}\r\n`],
    [
      'comments, blank lines and a byte order mark',
      `\uFEFF# cards\n\n${one.iccid},${one.code}\n\n${two.iccid},${two.code}`,
    ],
    ['rows that a spreadsheet left empty', `,,\n${one.iccid},${one.code},\n,,\n ; ;\n${two.iccid},${two.code},\n,,\n`],
    ['grouped digits', `8988 3070 0000 0000 001,${one.code}\n8988-3070-0000-0000-002,${two.code}`],
  ])('may have %s', async (_, text) => {
    expect(await parseCards(text)).toEqual([one, two])
  })

  it('may name the SIMs', async () => {
    expect(await parseCards(`${one.iccid},${one.code},van-1\n${two.iccid},${two.code},\n`)).toEqual([
      {...one, name: 'van-1'},
      two,
    ])
  })

  it('may be long: each card is looked at once', async () => {
    const lines = Array.from({length: 100_000}, (_, at) => `89${String(at).padStart(17, '0')},${one.code}`)
    // Others may use the machine, too: its clock says nothing.
    const before = process.cpuUsage()
    expect(await parseCards(lines.join('\n'))).toHaveLength(100_000)
    expect(process.cpuUsage(before).user).toBeLessThan(5_000_000)
  })

  it('that is empty, or no list, is a mistake of the command line', async () => {
    await expect(parseCards('\n')).rejects.toMatchObject({code: 'CARDS_MISSING', outcome: 'usage'})
    await expect(parseCards(',,\n,,')).rejects.toMatchObject({code: 'CARDS_MISSING'})
    await expect(parseCards('"8988')).rejects.toMatchObject({code: 'CARDS_UNREADABLE', outcome: 'usage'})
  })
})

describe('a card', () => {
  it.each([
    ['an ICCID that is too short', [{...one, iccid: '8988'}], /card 1 \(8988\): an ICCID begins with 89/],
    ['an ICCID that begins otherwise', [{...one, iccid: '1234567890123456789'}], /card 1.*89/],
    ['no code', [{...one, code: ''}], /card 1.*registration code/],
    ['an ICCID that is given twice', [one, two, one], /card 3.*twice/],
    ['a name with a space', [{...one, name: 'no name'}], /card 1.*"no name"/],
    ['a name that is too long', [{...one, name: 'x'.repeat(65)}], /card 1.*1 to 64/],
    ['nothing at all', [{iccid: '', code: ''}], /card 1 \(empty\)/],
  ])('with %s is named by its place in the list', (_, cards, sentence) => {
    expect(() => checkCards(cards)).toThrow(
      expect.objectContaining({code: 'CARDS_INVALID', message: expect.stringMatching(sentence)}),
    )
  })

  it('is reported with the first ten others that are wrong', () => {
    const cards = Array.from({length: 12}, () => ({iccid: '8988', code: 'H3LL0'}))
    expect(() => checkCards(cards)).toThrow(/card 1 .*card 10 \(8988\)[^;]*\.$/)
  })
})
