#!/usr/bin/env node
const {join} = require('node:path')

// aka's own variable, for what knows only the usual one (prompts, spinner); read when they load.
if (process.env.AKA_NO_COLORS) process.env.NO_COLOR = '1'

import('../dist/run.js').then(({execute}) => execute({dir: join(__dirname, '..')}))
