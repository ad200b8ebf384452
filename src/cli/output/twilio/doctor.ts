import type {DoctorDocument} from '../../../lib/doctor.js'
import type {Colors} from '../colors.js'

export function renderFindings({findings}: DoctorDocument, {green, yellow, red, dim}: Colors): string {
  const width = Math.max(...findings.map(({check}) => check.length))
  const marks = {ok: green('✔'), warning: yellow('!'), failed: red('✖'), skipped: dim('–')}
  return findings
    .flatMap(({check, status, detail, suggestions}) => [
      `${marks[status]} ${check.padEnd(width)}  ${detail}`,
      ...suggestions.map((suggestion) => `  ${' '.repeat(width)}  ${dim('→')} ${suggestion}`),
    ])
    .join('\n')
}
