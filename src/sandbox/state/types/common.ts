/** Values by the name of Twilio's property (`voice_url`). */
export type Settings = Record<string, string | boolean | null>

export interface Dated {
  createdAt: number
  updatedAt: number
}

/** Something that belongs to one account. */
export interface Owned {
  sid: string
  accountSid: string
  createdAt: number
}

/** Something that an application is told about. */
export interface Reported {
  /** What it was told already, and is not told again. */
  reported?: string[]
}

/** An address of an application, and how it is requested. */
export interface Webhook {
  readonly url: string
  readonly method: 'GET' | 'POST'
}
