import type {SandboxUsageDocument} from './document.js'
import {createSandbox} from './sandbox.js'
import {sandboxRequestInvalid} from './served.js'
import {addUsage} from './server/usage.js'
import {fileStore} from './state/store.js'

/** Adds usage to the sandbox in this process, as its control API does where it is served. @throws {Failure} `usage` */
export async function addEmbeddedUsage(
  statePath: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<SandboxUsageDocument> {
  const sandbox = createSandbox({store: fileStore(statePath)})
  const entry = await sandbox.change((state, now) => addUsage(state, now, fields))
  if (typeof entry === 'string') throw sandboxRequestInvalid(entry)
  return entry
}
