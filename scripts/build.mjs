/** Bundles src into dist/ (what npm installs and bin/run.js loads: scripts/bundle.mjs), then writes the oclif manifest and what index.js reads. */
import {mkdir, rename, rm, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {fingerprint, stamp} from './built-from.cjs'
import {bundleCommands, bundlePlugin} from './bundle.mjs'
import {thirdPartyLicenses} from './licenses.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const sources = fingerprint()

const bundles = await Promise.all([bundleCommands(root), bundlePlugin(root)])
const licenses = await thirdPartyLicenses(
  root,
  bundles.map(({metafile}) => metafile),
)
await rm(stamp, {force: true})
for (const {path, contents} of bundles.flatMap(({outputFiles}) => outputFiles)) await write(path, contents)
await write(join(dist, 'THIRD-PARTY-LICENSES.txt'), licenses)

const {Plugin} = await import('@oclif/core')
const plugin = new Plugin({root, ignoreManifest: true, errorOnManifestCreate: true})
await plugin.load()
await write(join(root, 'oclif.manifest.json'), `${JSON.stringify(plugin.manifest)}\n`)
await write(join(dist, 'aka', 'commands.json'), JSON.stringify(forAka(plugin.manifest)))
await write(stamp, `${sources}\n`)

/**
 * Whole or not at all: a command that starts meanwhile finds the old build or the new one.
 * @param {string} target
 * @param {string | Uint8Array} contents
 */
async function write(target, contents) {
  await mkdir(dirname(target), {recursive: true})
  const draft = `${target}.${process.pid}.tmp`
  await writeFile(draft, contents)
  await rename(draft, target)
}

/**
 * What aka must know of each command: its names, a summary, and its flags for help and for telling a flag's value from an argument.
 * @param {import('@oclif/core/interfaces').Manifest} manifest
 */
function forAka({version, commands}) {
  const shown = Object.values(commands).filter(({hidden}) => !hidden)
  return {
    version,
    commands: shown.map(({id, aliases, hiddenAliases, summary, flags, args}) => ({
      id,
      names: [id, ...aliases, ...hiddenAliases],
      summary,
      args: Object.values(args).map(({name, required}) =>
        required ? `<${name.toUpperCase()}>` : `[${name.toUpperCase()}]`,
      ),
      flags: Object.values(flags)
        .filter(({hidden}) => !hidden)
        .map((flag) => ({
          name: flag.name,
          ...(flag.char && {char: flag.char}),
          boolean: flag.type === 'boolean',
          ...(flag.type === 'boolean' && flag.allowNo && {allowNo: true}),
          description: flag.summary ?? flag.description,
        })),
    })),
  }
}
