#!/usr/bin/env node
'use strict'
const {join} = require('node:path')

const root = join(__dirname, '..')

// aka's own variable, for what knows only the usual one (prompts, spinner); read when they load.
if (process.env.AKA_NO_COLORS) process.env.NO_COLOR = '1'

const [word, ...more] = process.argv.slice(2)
if (word === '--version' && more.length === 0) {
  // As oclif says it, which is not loaded for that. Of what was built: a failed update leaves a newer package.json.
  const {version} = require(join(root, 'dist', 'aka', 'commands.json'))
  process.stdout.write(`aka-twilio/${version} ${process.platform}-${process.arch} node-${process.version}\n`)
} else {
  require('./load-bundle.js').loadBundle().execute({dir: root, script: process.argv[1]})
}
