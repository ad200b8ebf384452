import {dirname} from 'node:path'

import {usage} from '../../lib/errors.js'
import {servedSandboxHeader} from '../../lib/transport/served-sandbox.js'
import {environmentOf} from '../environment.js'
import {createSandbox} from '../sandbox.js'
import {fileStore, memoryStore} from '../state/store.js'
import type {Authority} from './authority.js'
import {serveSandbox} from './server.js'

interface StartOptions {
  /** The file that keeps it. */
  readonly path: string
  /** Whether it is kept nowhere instead. */
  readonly memory: boolean
  readonly seed: string
  readonly strictUs: boolean
  readonly proxy: boolean
  readonly port: number
}

export interface StartedSandbox {
  readonly url: string
  /** What points this tool, or an app, at it. */
  readonly environment: Readonly<Record<string, string>>
  /** The file that has the proxy's certificate. */
  readonly certificate: string | undefined
  readonly close: () => Promise<void>
}

/** @throws {Failure} `usage` where the port is taken */
export async function startSandbox({path, memory, seed, strictUs, proxy, port}: StartOptions): Promise<StartedSandbox> {
  const sandbox = createSandbox({store: memory ? memoryStore() : fileStore(path), seed, strictUs})
  // What is kept may be from a run that was not as strict, or stricter.
  await sandbox.change((state) => void (state.strictUs = strictUs))
  const authority = proxy ? await authorityBeside(path) : undefined
  const headers = {[servedSandboxHeader]: 'served'}
  const server = await serveSandbox(sandbox, {port, headers, ...(authority && {authority})}).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw usage('PORT_IN_USE', `Port ${port} is taken.`, 'Give another with --port, or --port 0 for a free one.')
  })
  const environment = environmentOf(server.url, await sandbox.credentials(), authority)
  return {url: server.url, environment, certificate: authority?.path, close: () => server.close()}
}

async function authorityBeside(path: string): Promise<Authority> {
  const {authorityIn} = await import('./authority.js')
  return authorityIn(dirname(path), Date.now())
}
