export interface App {
  configVars: Record<string, string>
  /** Config vars that a platform add-on owns. */
  addonVars: Record<string, string>
  addons: PlatformAddon[]
  /** What was deployed after the first release. */
  releases: {version: number; description: string; createdAt: number}[]
  restarts: number
  deleted: boolean
  /** In a space with `compliance=socs`, where secrets are read back as `[redacted]`. */
  socs: boolean
}

/** An add-on of the platform itself; only a tester can give one to an app. */
export interface PlatformAddon {
  name: string
  /** e.g. `redis:small`; the service is what stands before the colon. */
  plan: string
  configVars: Record<string, string>
}

/** New dynos of an app, which then replace the older ones. */
export interface Rollout {
  startedAt: number
  /** The environment of these dynos for as long as they run. */
  vars: Record<string, string>
}
