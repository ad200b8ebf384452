#!/usr/bin/env node
const {join} = require('node:path')

// aka's own variable, for what knows only the usual one (prompts, spinner); read when they load.
if (process.env.AKA_NO_COLORS) process.env.NO_COLOR = '1'

// Built from src/run.ts; types are checked before it is there.
const run = '../dist/run.js'
import(run).then(({execute}) => execute({dir: join(__dirname, '..')}))
