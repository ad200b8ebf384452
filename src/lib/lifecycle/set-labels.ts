import type {AddonContext} from '../addon/context.js'
import {requireEntry, requireReady} from '../addon/info.js'
import {type Labels, sameLabels, withLabels} from '../addon/labels.js'
import {acquireAddonLease} from '../addon/lease.js'
import {runOperation} from '../registry/operation.js'

export interface LabelsRequest {
  readonly appSpace: string
  /** An empty value removes a label. */
  readonly changes: Labels
}

/** The labels of an add-on; with `--dry-run` those that it would have. */
export interface LabelsDocument {
  /** Only with `--dry-run`. */
  readonly dryRun?: true
  readonly appSpace: string
  readonly labels: Labels
  /** False where they are so already. */
  readonly changed: boolean
}

/** Sets and removes labels; those that are not named stay. @throws {Failure} `notFound`; `conflict` while something is unfinished */
export async function setLabels(context: AddonContext, {appSpace, changes}: LabelsRequest): Promise<LabelsDocument> {
  const known = await requireEntry(context, appSpace)
  const wanted = withLabels(known.record.labels, changes)
  if (sameLabels(known.record.labels, wanted)) return {appSpace, labels: wanted, changed: false}
  const lease = await acquireAddonLease(context, appSpace, {known})
  const labels = await runOperation(lease, {
    steps: async () => withLabels(lease.record.labels, changes),
    commit: (all) => lease.release({labels: all}),
  })
  return {appSpace, labels, changed: true}
}

/** What `setLabels` would do, found out without changing anything. @throws {Failure} as `setLabels` */
export async function previewLabels(
  context: AddonContext,
  {appSpace, changes}: LabelsRequest,
): Promise<LabelsDocument> {
  const {record} = await requireEntry(context, appSpace)
  const labels = withLabels(record.labels, changes)
  const changed = !sameLabels(record.labels, labels)
  if (changed) requireReady(record)
  return {dryRun: true, appSpace, labels, changed}
}
