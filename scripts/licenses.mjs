/** Which packages are in a bundle, and under which licenses: what is handed on with dist/, as their licenses ask for. */
import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'

/**
 * @typedef {object} Package
 * @property {string} name
 * @property {string} version
 * @property {string} license the SPDX expression of its package.json
 * @property {string} text
 */

/**
 * The notices of all packages that files of the bundles come from.
 * @param {string} root
 * @param {readonly import('esbuild').Metafile[]} metafiles with paths relative to `root`
 * @throws {Error} where a package does not say what its license is
 */
export async function thirdPartyLicenses(root, metafiles) {
  const inputs = metafiles.flatMap(({outputs}) =>
    Object.values(outputs).flatMap(({inputs: files}) => Object.keys(files)),
  )
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []))
  const packages = await Promise.all([...folders].map((folder) => readPackage(join(root, folder))))
  const unique = new Map(packages.map((bundled) => [`${bundled.name} ${bundled.version}`, bundled]))
  const notices = [...unique.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map(notice)
  return `aka-twilio contains the following packages.\n${notices.join('')}`
}

/**
 * @param {string} folder
 * @returns {Promise<Package>}
 */
async function readPackage(folder) {
  const {name, version, license} = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort()
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  if (typeof license !== 'string' || texts.length === 0)
    throw new Error(`${name} ${version} is bundled, and ${folder} has no license text. Is there one elsewhere?`)
  return {name, version, license, text: texts.map((text) => text.trim()).join('\n\n')}
}

/** @param {Package} bundled */
function notice({name, version, license, text}) {
  return `\n${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`
}
