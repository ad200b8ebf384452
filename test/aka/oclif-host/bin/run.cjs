#!/usr/bin/env node
/** A CLI of somebody else, with commands of plugins only. */
const {join} = require('node:path')

void require('@oclif/core').execute({dir: join(__dirname, '..')})
