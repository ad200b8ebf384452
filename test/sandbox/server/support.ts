import {afterEach} from '@jest/globals'

import {type SandboxServer, serveSandbox} from '../../../src/sandbox/server/server.js'
import {newSandbox} from '../support.js'

let server: SandboxServer | undefined

afterEach(async () => {
  await server?.close()
  server = undefined
})

/** A new sandbox over HTTP, until the test ends. */
export async function serve() {
  const sandbox = newSandbox()
  server = await serveSandbox(sandbox, {port: 0})
  const {url} = server
  const {accountSid, authToken} = await sandbox.credentials()
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  const get = (path: string, init: RequestInit = {}) => fetch(`${url}${path}`, {headers: {authorization}, ...init})
  return {sandbox, url, authorization, get, accountSid, authToken}
}

export const post = (body: unknown) => ({
  method: 'POST',
  headers: {'content-type': 'application/json'},
  body: JSON.stringify(body),
})
