import type {AddonContext} from '../addon/context.js'
import {requireReady, requireRecord} from '../addon/info.js'
import type {RotatePreviewDocument} from './document.js'
import {hasOlderToken, type RotateRequest} from './rotate.js'

/** What `rotate` would do, found out without changing anything. */
export async function previewRotate(
  context: AddonContext,
  {appSpace, olderThanMs}: RotateRequest,
): Promise<RotatePreviewDocument> {
  const record = await requireRecord(context, appSpace)
  const resumes = Boolean(record.rotation)
  const wouldRotate = resumes || olderThanMs === undefined || hasOlderToken(record, olderThanMs)
  if (wouldRotate && !resumes) requireReady(record)
  return {
    dryRun: true,
    appSpace,
    accountSid: record.accountSid ?? null,
    wouldRotate,
    resumes,
    rotatedAt: record.rotatedAt ?? null,
  }
}
