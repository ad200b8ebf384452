import type {Evaluation, RequirementResult} from '../../state/types/registrations.js'
import {isMet} from '../../world/registrations.js'

const MISSING_ITEM = 22214
const MISSING_FIELD = 22215

/** As Twilio shows what a bundle lacks, requirement by requirement and field by field. */
export function renderEvaluation({policySid, results}: Evaluation) {
  return {
    policy_sid: policySid,
    status: results.every(isMet) ? 'compliant' : 'noncompliant',
    results: results.map(renderResult),
  }
}

function renderResult(result: RequirementResult) {
  const {name, friendlyName, objectType, isMissing, missingFields} = result
  return {
    friendly_name: friendlyName,
    object_type: objectType,
    passed: isMet(result),
    ...(isMissing && {
      failure_reason: `A ${friendlyName} is missing. Please add one to the bundle.`,
      error_code: MISSING_ITEM,
    }),
    valid: [],
    invalid: missingFields.map((field) => ({
      friendly_name: wordsOf(field),
      object_field: field,
      failure_reason: `The ${wordsOf(field)} is missing.`,
      error_code: MISSING_FIELD,
    })),
    requirement_friendly_name: friendlyName,
    requirement_name: name,
  }
}

function wordsOf(field: string): string {
  return field.replaceAll('_', ' ')
}
