import {ourCommand} from '../../../../lib/command-line.js'
import type {Rules} from '../../../../lib/registration/policy.js'
import {quotedForShell} from '../../../quoted-for-shell.js'
import {rulesInWords} from './rules.js'

interface WrittenFile {
  readonly file: string
  /** The part of a registration that it has; undefined for all of it. */
  readonly only: keyof typeof usedBy | undefined
}

/** How submit takes it. */
const usedBy = {
  organisation: (path: string) => `-a APP-SPACE --file ${path} --campaign FILE`,
  campaign: (path: string) => `-a APP-SPACE --file FILE --campaign ${path}`,
} as const

/** What is in the file, and what it is for. */
export function aboutFile({file, only}: WrittenFile, rules: Rules): readonly string[] {
  const path = quotedForShell(file)
  const flags = only === undefined ? `-a APP-SPACE --file ${path}` : usedBy[only](path)
  return [
    ...(only === 'campaign'
      ? []
      : [
          `It has everything that ${rulesInWords(rules)} asks for.`,
          `It has personal data: keep it out of git unless you want it there (echo ${path} >> .gitignore).`,
        ]),
    `To register a number with it: ${ourCommand(`twilio:registration:submit ${flags}`)}`,
  ]
}
