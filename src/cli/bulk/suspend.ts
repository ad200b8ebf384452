import type {AccountStatusDocument, AccountStatusPreviewDocument} from '../../lib/lifecycle/document.js'
import {previewStatus, suspend} from '../../lib/lifecycle/set-status.js'
import {statusInBrief} from '../output/brief.js'
import {suspensionQuestion} from '../output/twilio/suspend.js'
import {confirm} from '../prompts.js'
import type {BulkOperation} from './operation.js'

interface Request {
  readonly appSpace: string
}

/** What `twilio:suspend` does for each of many. */
export const manySuspended: BulkOperation<unknown, Request, AccountStatusDocument, AccountStatusPreviewDocument> = {
  doing: 'suspending',
  request: (_, appSpace) => ({appSpace}),
  consent: async ({length}) => confirm(suspensionQuestion(length), {otherwise: 'Nothing was suspended.'}),
  carryOut: suspend,
  preview: async (context, request) => previewStatus(context, request, 'suspended'),
  brief: statusInBrief,
}
