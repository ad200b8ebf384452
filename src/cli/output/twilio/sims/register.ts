import type {CardsRegisteredDocument} from '../../../../lib/sims/document.js'
import type {Colors} from '../../colors.js'

export function renderCards({cards}: CardsRegisteredDocument, {green, red, dim}: Colors): string {
  return cards
    .map(({iccid, outcome, sim, name, status, problem}) => {
      if (problem) return `${red('✖')} ${iccid}  ${problem.message}`
      const before = outcome === 'already' ? dim('(already registered)') : ''
      return `${green('✔')} ${iccid}  ${sim ?? ''}  ${name ?? ''}  ${status ?? ''} ${before}`.trimEnd()
    })
    .join('\n')
}
