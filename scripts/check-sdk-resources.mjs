/** Fails when the resources of the Twilio SDK that src/lib/twilio touches are not those that are bundled (sdk-resources.mjs). */
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

import ts from 'typescript'

import {BUNDLED_RESOURCES} from './sdk-resources.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const {config} = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
const {options} = ts.parseJsonConfigFileContent({...config, include: ['src']}, ts.sys, root)
const folder = join(root, 'src', 'lib', 'twilio')
const program = ts.createProgram({rootNames: ts.sys.readDirectory(folder, ['.ts']), options})
const checker = program.getTypeChecker()

/** @type {Set<string>} */
const touched = new Set()
for (const file of program.getSourceFiles()) if (file.fileName.startsWith(folder)) visit(file)

const missing = [...touched].filter((resource) => !BUNDLED_RESOURCES.has(resource)).sort()
const unused = [...BUNDLED_RESOURCES].filter((resource) => !touched.has(resource)).sort()
for (const resource of missing) console.error(`scripts/sdk-resources.mjs lacks ${resource}, which src/lib/twilio uses.`)
for (const resource of unused) console.error(`scripts/sdk-resources.mjs has ${resource}, which nothing uses.`)
process.exitCode = missing.length + unused.length > 0 ? 1 : 0

/** A resource is touched where an expression is of a class that its file declares. @param {ts.Node} node */
function visit(node) {
  if (ts.isPropertyAccessExpression(node) || ts.isIdentifier(node)) {
    for (const type of partsOf(checker.getTypeAtLocation(node)))
      for (const {fileName} of (type.symbol?.declarations ?? []).map((declaration) => declaration.getSourceFile())) {
        const [, resource] = /twilio\/lib\/rest\/(\w+\/v\d+\/.+)\.d\.ts$/.exec(fileName) ?? []
        if (resource !== undefined) touched.add(resource)
      }
  }
  ts.forEachChild(node, visit)
}

/** @param {ts.Type} type @returns {ts.Type[]} */
function partsOf(type) {
  return type.isUnionOrIntersection() ? type.types : [type]
}
