/** What the sandbox remembers of the processes of apps. Times are milliseconds. */
export interface DynoState {
  /** By the app's name, oldest first. Apps whose config vars nobody changed are not in it. */
  rollouts: Record<string, Rollout[]>
}

/** New dynos for an app, which then replace the older ones. */
export interface Rollout {
  startedAt: number
  /** What the dynos have in their environment for as long as they live. */
  vars: Record<string, string>
}

export function initialDynos(): DynoState {
  return {rollouts: {}}
}
