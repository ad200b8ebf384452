/** A page of the help. */
export interface HelpDocument {
  /** Null for the list of the pages. */
  readonly page: string | null
  /** For a person; may be reworded. */
  readonly text: string
}
