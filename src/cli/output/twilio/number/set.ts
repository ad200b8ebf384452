import type {NumberSetDocument} from '../../../../lib/number/document.js'
import {fields} from '../../fields.js'
import {webhookRows} from '../../numbers.js'

export function renderNumberSet({phoneNumber, changed, webhooks}: NumberSetDocument): string {
  const heading = changed.length > 0 ? `${phoneNumber} now calls:` : `${phoneNumber} already calls:`
  return `${heading}\n${fields(webhookRows(webhooks))}`
}
