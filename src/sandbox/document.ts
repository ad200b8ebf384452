/** A sandbox that is served; printed as soon as it is. */
export interface SandboxDocument {
  readonly url: string
  /** What points this tool, or an app, at it. */
  readonly environment: Readonly<Record<string, string>>
  /** Of a proxy: the file of the certificate that its clients must trust. */
  readonly certificate?: string
}

/** A sandbox that is empty again. */
export interface SandboxResetDocument {
  readonly reset: true
}

/** A message or a call that came in, and what the application did with it. */
export interface SandboxReceivedDocument {
  readonly sid: string
  /** How its webhooks answered, each attempt. */
  readonly webhooks: readonly WebhookTry[]
  /** Messages that it sent in answer to a message. */
  readonly replies?: readonly {readonly sid: string; readonly to: string; readonly body: string}[]
  /** Of a call. */
  readonly status?: string
  /** What happened in a call so far. */
  readonly events?: readonly CallHappening[]
}

export interface WebhookTry {
  readonly method: string
  readonly url: string
  /** Missing where there was no answer. */
  readonly status?: number
  /** In Twilio's codes. */
  readonly error?: {readonly code: number; readonly message: string}
  readonly notSent?: string
}

export interface CallHappening {
  readonly at: string
  readonly verb: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly text?: string
  readonly result?: string
}

/** Usage that was added to what the sandbox counts. */
export interface SandboxUsageDocument {
  readonly accountSid: string
  readonly category: string
  readonly day: string
  readonly count: number
  readonly usage: number
  readonly price: number
}
