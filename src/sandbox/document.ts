/** A sandbox that serves; printed as soon as it does. */
export interface SandboxDocument {
  readonly url: string
  /** What points this tool, or an app, at it. */
  readonly environment: Readonly<Record<string, string>>
}

export interface SandboxResetDocument {
  readonly reset: true
}
