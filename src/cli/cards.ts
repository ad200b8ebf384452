import {createReadStream} from 'node:fs'

import {usage} from '../lib/errors.js'
import {locally} from '../lib/local-files.js'
import {type Card, checkCards, parseCards} from '../lib/sims/card-file.js'
import {readAll} from './stdin.js'

interface CardFlags {
  readonly code?: string | undefined
  readonly name?: string | undefined
  readonly file?: string | undefined
}

/** The one card of the command line, or those of a file or standard input. @throws {Failure} `usage` */
export async function readCards(iccid: string | undefined, {code, name, file}: CardFlags): Promise<Card[]> {
  if (file !== undefined) {
    if (iccid !== undefined)
      throw usage('ARGUMENTS_INVALID', 'Give either one ICCID or --file.', 'Leave one of them out.')
    return parseCards(file === '-' ? await readAll(process.stdin) : await readText(file))
  }
  if (iccid === undefined)
    throw usage('CARDS_MISSING', 'Missing ICCID.', 'Give an ICCID and its --code, or --file cards.csv.')
  if (code === undefined)
    throw usage('REGISTRATION_CODE_MISSING', 'Missing --code.', 'Add --code CODE: it is printed on the card.')
  return checkCards([{iccid, code, ...(name !== undefined && {name})}])
}

async function readText(file: string): Promise<string> {
  const suggestions = ['Give another --file, or - for standard input.'] as const
  return locally({doing: `read the cards in ${file}`, suggestions}, () => readAll(createReadStream(file)))
}
