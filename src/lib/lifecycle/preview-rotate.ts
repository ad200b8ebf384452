import type {AddonContext} from '../addon/context.js'
import {requireReady, requireRecord} from '../addon/info.js'
import type {RotatePreviewDocument} from './document.js'
import type {RotateRequest} from './rotate.js'

/** What `rotate` would do, found out by reading alone. */
export async function previewRotate(context: AddonContext, {appSpace}: RotateRequest): Promise<RotatePreviewDocument> {
  const record = await requireRecord(context, appSpace)
  const resumes = Boolean(record.rotation)
  if (!resumes) requireReady(record)
  return {dryRun: true, appSpace, accountSid: record.accountSid ?? null, resumes}
}
