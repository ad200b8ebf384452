/** Time and memory of `twilio:usage --all`: `npm run bench`, or `node bench/usage.mjs [ADD-ONS] [MS]` after a build. */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const [addOns = '1000', latencyMs = '50'] = process.argv.slice(2)
const home = mkdtempSync(join(tmpdir(), 'aka-twilio-bench-'))

const server = spawn(process.execPath, [join(root, 'bench/usage-server.mjs'), addOns, latencyMs], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [port] = await once(server.stdout, 'data')

// The memory is what the process had at most, as the system counts it.
const tell = `data:text/javascript,process.on('exit', () => console.error(process.resourceUsage().maxRSS))`
const started = performance.now()
const child = spawn(process.execPath, ['--import', tell, join(root, 'bin/run.js'), 'twilio:usage', '--all', '--json'], {
  env: {
    PATH: process.env.PATH,
    HOME: home,
    AKA_TWILIO_ENDPOINT: `http://127.0.0.1:${port}`,
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: '0'.repeat(32),
  },
})
let [stdout, stderr] = ['', '']
child.stdout.on('data', (text) => (stdout += text))
child.stderr.on('data', (text) => (stderr += text))
const [exitCode] = await once(child, 'close')
const seconds = ((performance.now() - started) / 1000).toFixed(1)
server.kill()
rmSync(home, {recursive: true})

const {addons = [], error} = JSON.parse(stdout)
if (exitCode !== 0) throw new Error(JSON.stringify(error))
const mebibytes = Math.round(Number(stderr.trim().split('\n').at(-1)) / 1024)
console.log(
  `twilio:usage --all, ${addons.length} add-ons, ${latencyMs} ms an answer: ${seconds} s, ${mebibytes} MiB at most`,
)
