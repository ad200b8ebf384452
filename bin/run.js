#!/usr/bin/env node
const {join} = require('node:path')

import('../dist/run.js').then(({execute}) => execute({dir: join(__dirname, '..')}))
