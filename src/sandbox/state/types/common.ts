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
