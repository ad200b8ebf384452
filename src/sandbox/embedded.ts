import type {Send} from '../lib/transport/types.js'
import {createSandbox, type Sandbox, SANDBOX_AKKERIS_HOST} from './sandbox.js'
import {fileStore} from './state/store.js'
import {mainAccountOf} from './world/initial-state.js'

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
    readonly profile?: string
  }
  readonly kore: {readonly clientId: string; readonly clientSecret: string; readonly source: string}
  readonly akkeris: {readonly baseUrl: string; readonly authorization: string; readonly source: string}
}

/** @param profile of which it is the main account: each has another one. */
export async function embeddedSandbox(statePath: string, profile: string | undefined): Promise<EmbeddedSandbox> {
  const sandbox = createSandbox({store: fileStore(statePath)})
  const {kore, ...usual} = await sandbox.credentials()
  const {accountSid, authToken} = profile === undefined ? usual : await mainAccount(sandbox, profile)
  return {
    send: sandbox.send,
    credentials: {
      accountSid,
      username: accountSid,
      password: authToken,
      source: 'the sandbox',
      ...(profile !== undefined && {profile}),
    },
    kore: {...kore, source: 'the sandbox'},
    akkeris: {baseUrl: `https://${SANDBOX_AKKERIS_HOST}`, authorization: 'Bearer sandbox', source: 'the sandbox'},
  }
}

async function mainAccount(sandbox: Sandbox, profile: string): Promise<{accountSid: string; authToken: string}> {
  const {sid, authToken} = await sandbox.change((state, now) => mainAccountOf(state, profile, now))
  return {accountSid: sid, authToken}
}
