/**
 * Fails when a Markdown file of this folder (given, else the repository) links to a file or a heading that is not there, names
 * a file of the repository that is not there, or a path of somebody's machine; and when a source file names a document that is
 * not there. Asks no network.
 */
import {existsSync} from 'node:fs'
import {readdir, readFile} from 'node:fs/promises'
import {dirname, join, relative, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = resolve(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)))
const ignored = new Set(['node_modules', 'dist', 'coverage', '.git'])

/** [text](target), ![text](target) and [name]: target. */
const LINK = /\]\(<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s+(\S+)/gm
/** `src/…` in a sentence; one with a wildcard, braces or an ellipsis names no single file. */
const NAMED_FILE = /`((?:src|test|docs|scripts|bench|bin|\.ci)\/[\w./-]*)`/g
/** docs/json.md, or the number of a decision, in code and its comments; what stands behind a slash or a dot is part of a URL. */
const NAMED_DOCUMENT = /(?<![\w./])docs\/(?:decisions\/(\d{4})|([\w-]+\.md))/g
const MACHINE_PATH = /(?<![\w.…-])(?:\/(?:home|Users|root|work|tmp)\/|[A-Z]:\\|file:\/\/)\S*/g

/** @type {string[]} */
const problems = []
for (const file of await filesBelow(root, /\.md$/)) {
  const text = await readFile(file, 'utf8')
  const prose = withoutFences(text)
  for (const [, inline, reference] of withoutCode(prose).matchAll(LINK))
    await checkLink(file, inline ?? reference ?? '')
  for (const [, path = ''] of prose.matchAll(NAMED_FILE))
    if (!existsSync(join(root, path))) report(file, `there is no ${path}`)
  for (const [path] of text.matchAll(MACHINE_PATH)) report(file, `a path of one machine: ${path}`)
}
const decisions = await readdir(join(root, 'docs', 'decisions')).catch(() => [])
for (const file of await filesBelow(join(root, 'src'), /\.ts$/))
  for (const [named, decision, document = ''] of (await readFile(file, 'utf8')).matchAll(NAMED_DOCUMENT))
    if (decision ? !decisions.some((name) => name.startsWith(decision)) : !existsSync(join(root, 'docs', document)))
      report(file, `there is no ${named}`)
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0

/** @param {string} file @param {string} target */
async function checkLink(file, target) {
  if (/^(https?|mailto):/.test(target)) return
  const [path = '', anchor] = decodeURIComponent(target).split('#')
  const linked = path === '' ? file : join(dirname(file), path)
  if (path.startsWith('/') || !existsSync(linked)) report(file, `dead link: ${target}`)
  else if (anchor !== undefined && !anchors(await readFile(linked, 'utf8')).has(anchor))
    report(file, `no such heading: ${target}`)
}

/** What GitHub calls the headings: https://github.com/Flet/github-slugger has its rules. @param {string} markdown */
function anchors(markdown) {
  const found = new Set()
  for (const [, heading = ''] of withoutFences(markdown).matchAll(/^#{1,6} +(.*)$/gm)) {
    const shown = heading.replaceAll(/\]\([^)]*\)/g, '')
    const slug = shown
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-')
    let name = slug
    for (let nth = 1; found.has(name); nth += 1) name = `${slug}-${nth}`
    found.add(name)
  }
  return found
}

/** @param {string} markdown */
function withoutFences(markdown) {
  return markdown.replaceAll(/^( *)(```|~~~)[^]*?^\1\2$/gm, '')
}

/** @param {string} markdown */
function withoutCode(markdown) {
  return markdown.replaceAll(/`[^`\n]*`/g, '')
}

/** @param {string} folder @param {RegExp} name @returns {Promise<string[]>} */
async function filesBelow(folder, name) {
  const entries = await readdir(folder, {withFileTypes: true}).catch(() => [])
  const below = entries.map(async (entry) => {
    if (ignored.has(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(path, name)
    return name.test(entry.name) ? [path] : []
  })
  return (await Promise.all(below)).flat()
}

/** @param {string} file @param {string} what */
function report(file, what) {
  problems.push(`${relative(root, file)}: ${what}`)
}
