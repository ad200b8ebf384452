import {afterEach} from '@jest/globals'

import {type SandboxServer, serveSandbox} from '../../../src/sandbox/server/server.js'
import {newSandbox} from '../support.js'

/** Serves new sandboxes over HTTP, each until its test ends. */
export function servedSandboxes() {
  const servers: SandboxServer[] = []
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()))
  })
  return async () => {
    const sandbox = newSandbox()
    const server = await serveSandbox(sandbox, {port: 0})
    servers.push(server)
    const {url} = server
    const {accountSid, authToken} = await sandbox.credentials()
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
    const get = (path: string, init: RequestInit = {}) => fetch(`${url}${path}`, {headers: {authorization}, ...init})
    return {sandbox, url, authorization, get, accountSid, authToken}
  }
}

export const post = (body: unknown) => ({
  method: 'POST',
  headers: {'content-type': 'application/json'},
  body: JSON.stringify(body),
})
