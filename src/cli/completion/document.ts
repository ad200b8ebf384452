/** How a shell completes command lines of this tool. */
export interface CompletionDocument {
  readonly shell: string
  /** For eval. */
  readonly script: string
}
