'use strict'
// Loaded into another client of Twilio's: sends what is meant for https://HOST/PATH to BENCH_ENDPOINT/HOST/PATH.
const http = require('node:http')
const https = require('node:https')

const {hostname, port} = new URL(process.env.BENCH_ENDPOINT ?? '')

/** @param {import('node:https').RequestOptions} options @param {(response: import('node:http').IncomingMessage) => void} onResponse */
function request(options, onResponse) {
  const path = `/${options.hostname ?? options.host}${options.path}`
  return http.request({...options, protocol: 'http:', agent: undefined, hostname, port, path}, onResponse)
}
Object.assign(https, {request})
