#!/usr/bin/env node
// Builds first, then runs: what you changed in src/ is what you try.
const {spawnSync} = require('node:child_process')
const {join} = require('node:path')

const {status} = spawnSync(process.execPath, [join(__dirname, '../scripts/build.mjs')], {stdio: 'inherit'})
if (status !== 0) process.exit(status ?? 1)
require('./run.js')
