#!/usr/bin/env node
const {join} = require('node:path')

import('@oclif/core').then(({execute}) => execute({dir: join(__dirname, '..')}))
