/**
 * Writes docs/exit-codes.md and docs/error-codes.md from src/lib/error-codes.ts, and the table of README from src/cli/help/environment.ts.
 * With --check it writes nothing, and fails when a page is not as it would be written.
 */
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {build} from 'esbuild'
import {format, resolveConfig} from 'prettier'

const docs = fileURLToPath(new URL('../docs', import.meta.url))
const {outcomes, errorCodes, aggregateCodes} = await load('../src/lib/error-codes.ts')

const {environmentVariables} = await load('../src/cli/help/environment.ts')

const pages = {
  'exit-codes.md': exitCodesPage(),
  'error-codes.md': errorCodesPage(),
  '../README.md': await readmeWithEnvironment(join(docs, '../README.md')),
}
for (const [name, text] of Object.entries(pages)) {
  const path = join(docs, name)
  const written = await format(text, {...(await resolveConfig(path)), parser: 'markdown'})
  if (!process.argv.includes('--check')) await writeFile(path, written)
  else if ((await readFile(path, 'utf8').catch(() => '')) !== written) {
    console.error(`Out of date: docs/${name}. To update it: npm run docs:codes`)
    process.exitCode = 1
  }
}

function exitCodesPage() {
  const rows = Object.values(outcomes).map(({exitCode, meaning, reaction}) => [exitCode, meaning, reaction])
  return `# Exit codes

A contract: scripts may rely on them. With \`--json\` the same number is in \`error.exitCode\`, and [\`error.code\`](error-codes.md) says more.

${table(['exit', 'meaning', 'what a script does'], [[0, 'done, or already so', 'continue'], ...rows])}

A command that looks at several things (\`twilio:doctor\`) or at many app-spaces exits with the highest code it met.

Inside \`aka\` and other hosts the codes are the same.
`
}

function errorCodesPage() {
  const sections = Object.entries(errorCodes).map(([name, codes]) => {
    const {exitCode, meaning} = outcomes[/** @type {keyof typeof errorCodes} */ (name)]
    return `## Exit code ${exitCode}

${sentence(meaning)}

${table(['code', 'what happened'], rowsOf(codes))}
`
  })
  return `# Error codes

A contract, like the [exit codes](exit-codes.md): \`error.code\` of a failure with \`--json\`. Each code has one exit code.

${sections.join('\n')}
## Several failures

${table(['code', 'what happened'], rowsOf(aggregateCodes))}
`
}

/** @param {string} path */
async function readmeWithEnvironment(path) {
  const [before = '', rest = ''] = (await readFile(path, 'utf8')).split('<!-- environment -->')
  const [, after = ''] = rest.split('<!-- environmentstop -->')
  const list = table(['environment variable', 'what it does'], environmentVariables)
  return `${before}<!-- environment -->\n\n${list}\n\n<!-- environmentstop -->${after}`
}

/** @param {Record<string, string>} codes */
function rowsOf(codes) {
  return Object.entries(codes).map(([code, meaning]) => [`\`${code}\``, meaning])
}

/** @param {string} text */
function sentence(text) {
  return text[0]?.toUpperCase() + text.slice(1) + (text.endsWith('…') ? '' : '.')
}

/**
 * @param {string[]} head
 * @param {readonly (readonly (string | number)[])[]} rows
 */
function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/**
 * What a TypeScript file exports.
 * @param {string} path
 * @returns {Promise<typeof import('../src/lib/error-codes.js') & typeof import('../src/cli/help/environment.js')>}
 */
async function load(path) {
  const entryPoints = [fileURLToPath(new URL(path, import.meta.url))]
  const {outputFiles} = await build({entryPoints, bundle: true, format: 'esm', write: false})
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`)
}
