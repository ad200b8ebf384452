import type {Change} from '../../src/lib/fleet/compare.js'
import {carryOutChange} from '../../src/lib/fleet/compare.js'
import type {ExportedFleet} from '../../src/lib/fleet/document.js'
import {exportFleet} from '../../src/lib/fleet/export.js'
import {parseFleet} from '../../src/lib/fleet/parse.js'
import {type FleetPlan, planFleet, type PlanOptions} from '../../src/lib/fleet/plan.js'
import {type AddonInProcess, APP} from './in-process-addon.js'

const onProgress = () => undefined

/** What a file would change. */
export async function planOf(
  {context}: Pick<AddonInProcess, 'context'>,
  text: string,
  options: Partial<PlanOptions> = {},
): Promise<FleetPlan> {
  return planFleet(context, await parseFleet(text, 'US'), {prune: false, standardCountry: 'US', onProgress, ...options})
}

/** Everything that differs is changed. */
export async function applyFile(
  {context}: Pick<AddonInProcess, 'context'>,
  text: string,
  options: Partial<PlanOptions> = {},
): Promise<readonly Change[]> {
  const {changes} = await planOf({context}, text, options)
  for (const change of changes) await carryOutChange(context, change)
  return changes
}

export async function exportOf({context}: Pick<AddonInProcess, 'context'>, showSecrets = true): Promise<ExportedFleet> {
  return exportFleet(context, {showSecrets, onProgress})
}

/** A file that declares the add-on of api-default in these lines. */
export function declaring(...lines: readonly string[]): string {
  return ['appSpaces:', `  ${APP}:`, ...lines.map((line) => `    ${line}`)].join('\n')
}
