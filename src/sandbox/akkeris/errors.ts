/** An error answer of Akkeris's: plain text, although it is labelled as JSON. */
export class AkkerisError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}
