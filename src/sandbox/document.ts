/** A sandbox that is served; printed as soon as it is. */
export interface SandboxDocument {
  readonly url: string
  /** What points this tool, or an app, at it. */
  readonly environment: Readonly<Record<string, string>>
}

/** A sandbox that is empty again. */
export interface SandboxResetDocument {
  readonly reset: true
}
