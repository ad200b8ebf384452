/** What the measured commands talk to, on loopback. */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * The sandbox, in a process of its own, with an add-on of demo-dev.
 * @param {{latencyMs?: number}} [options] how long each of its answers takes
 */
export async function serveSandbox({latencyMs = 0} = {}) {
  const home = mkdtempSync(join(tmpdir(), 'aka-twilio-bench-'))
  const server = spawn(
    process.execPath,
    [join(root, 'bin/run.js'), 'twilio:sandbox', '--memory', '--port', '0', '--json'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {PATH: process.env.PATH, HOME: home},
    },
  )
  let text = ''
  for await (const chunk of server.stdout) {
    text += chunk
    if (text.trimEnd().endsWith('}')) break
  }
  const {environment} = JSON.parse(text)
  if (latencyMs > 0) {
    const fault = {when: 'before', times: 1_000_000, do: {delayMs: latencyMs}}
    const answer = await globalThis.fetch(`${environment.AKA_TWILIO_ENDPOINT}/_sandbox/faults`, {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body: JSON.stringify(fault),
    })
    if (answer.status !== 201) throw new Error(await answer.text())
  }
  return {
    home,
    env: {...environment, HOME: home},
    stop: async () => {
      server.kill()
      await once(server, 'close')
      rmSync(home, {recursive: true})
    },
  }
}

/**
 * A main account with many add-ons, as far as lists and usage ask for it.
 * @param {{addOns: number, latencyMs: number}} options
 */
export async function serveManyAddOns({addOns, latencyMs}) {
  const home = mkdtempSync(join(tmpdir(), 'aka-twilio-bench-'))
  const program = join(root, 'bench/many-addons.mjs')
  const server = spawn(process.execPath, [program, String(addOns), String(latencyMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [port] = await once(server.stdout, 'data')
  return {
    env: {
      HOME: home,
      AKA_TWILIO_ENDPOINT: `http://127.0.0.1:${String(port).trim()}`,
      TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: '0'.repeat(32),
    },
    stop: async () => {
      server.kill()
      await once(server, 'close')
      rmSync(home, {recursive: true})
    },
  }
}
