import type {Send} from '../lib/transport/types.js'
import {createSandbox, SANDBOX_AKKERIS_HOST} from './sandbox.js'
import {fileStore} from './state/store.js'

/** The sandbox in this process, with what a command needs to talk to it as it would to Twilio and Akkeris. */
interface EmbeddedSandbox {
  readonly send: Send
  /** Of the main account. */
  readonly credentials: {
    readonly accountSid: string
    readonly username: string
    readonly password: string
    /** For people. */
    readonly source: string
  }
  readonly kore: {readonly clientId: string; readonly clientSecret: string; readonly source: string}
  readonly akkeris: {readonly baseUrl: string; readonly authorization: string; readonly source: string}
}

export async function embeddedSandbox(statePath: string): Promise<EmbeddedSandbox> {
  const sandbox = createSandbox({store: fileStore(statePath)})
  const {accountSid, authToken, kore} = await sandbox.credentials()
  return {
    send: sandbox.send,
    credentials: {accountSid, username: accountSid, password: authToken, source: 'the sandbox'},
    kore: {...kore, source: 'the sandbox'},
    akkeris: {baseUrl: `https://${SANDBOX_AKKERIS_HOST}`, authorization: 'Bearer sandbox', source: 'the sandbox'},
  }
}
