import {parseAge} from '../../lib/age.js'
import {type RotatedDocument, rotatedDocument, type RotatePreviewDocument} from '../../lib/lifecycle/document.js'
import {previewRotate} from '../../lib/lifecycle/preview-rotate.js'
import {hasOlderToken, rotate, type RotateRequest} from '../../lib/lifecycle/rotate.js'
import {rotatedInBrief} from '../output/brief.js'
import type {BulkOperation} from './operation.js'

interface Parsed {
  readonly flags: {
    readonly grace?: number | undefined
    readonly 'older-than'?: string | undefined
    readonly 'no-email': boolean
  }
}

/** What `twilio:rotate` does for one, and for each of many. */
export const manyRotated: BulkOperation<Parsed, RotateRequest, RotatedDocument, RotatePreviewDocument> = {
  doing: 'rotating the auth tokens of',
  request: ({flags}, appSpace) => ({
    appSpace,
    graceSeconds: flags.grace,
    olderThanMs: ageGiven(flags),
    noEmail: flags['no-email'],
  }),
  among: ({flags}, record) => {
    const ageMs = ageGiven(flags)
    return ageMs === undefined || Boolean(record.rotation) || hasOlderToken(record, ageMs)
  },
  carryOut: async (context, request) => rotatedDocument(request, await rotate(context, request)),
  preview: previewRotate,
  brief: rotatedInBrief,
  repeats: ({olderThanMs}) => olderThanMs === undefined,
}

function ageGiven({'older-than': age}: Parsed['flags']): number | undefined {
  return age === undefined ? undefined : parseAge('--older-than', age)
}
