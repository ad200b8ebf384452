import {pageNames} from './pages.js'

/** `help`, `help COMMAND` and `help PAGE`, as other tools have them, as oclif knows them. */
export function withoutHelp(argv: readonly string[]): readonly string[] {
  const [word, subject, ...rest] = argv
  if (word !== 'help') return argv
  if (subject === undefined || subject.startsWith('-')) return ['--help']
  if ((pageNames as readonly string[]).includes(subject)) return ['twilio:help', subject, ...rest]
  return [subject, '--help']
}
