/** The Apps API for the core and for plugins: `api.get('/apps')` gives a promise, with a callback it calls that. */
const {readFileSync} = require('node:fs')
const http = require('node:http')
const https = require('node:https')
const {join} = require('node:path')

const {homeFolder} = require('./profile.cjs')

/** The account of a machine in ~/.netrc, found by host and port. */
function netrcAccount(host) {
  try {
    const words = readFileSync(join(homeFolder(), '.netrc'), 'utf8').split(/\s+/)
    const at = words.findIndex((word, index) => word === 'machine' && words[index + 1] === host)
    if (at < 0) return undefined
    const end = words.indexOf('machine', at + 1)
    const own = words.slice(at + 2, end < 0 ? undefined : end)
    return {login: own[own.indexOf('login') + 1], password: own[own.indexOf('password') + 1]}
  } catch {
    return undefined
  }
}

function authorization({account}) {
  const token = process.env.API_TOKEN || account?.password
  return process.env.API_AUTH || (token && `Bearer ${token}`)
}

function send(method, payload, url, headers) {
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('http://') ? http : https).request(url, {method, headers}, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8')
        if (response.statusCode < 200 || response.statusCode > 299) reject({code: response.statusCode, body})
        else resolve(body === '' ? undefined : JSON.parse(body))
      })
    })
    request.on('error', reject)
    request.end(payload ?? undefined)
  })
}

function connect(appkit) {
  const {akkeris_api_host: host} = appkit.config
  const account = netrcAccount(host)
  const call = (method, payload, path, callback) => {
    const base = `${process.env.AKKERIS_API_INSECURE ? 'http://' : 'https://'}${host}`
    const headers = {'content-type': 'application/json', accept: '*/*', 'user-agent': 'akkeris-cli'}
    const authorized = authorization({account})
    if (authorized) headers.authorization = authorized
    const answer = send(method, payload, path.startsWith('http') ? path : base + path, headers)
    if (!callback) return answer
    answer.then(
      (body) => callback(null, body),
      (error) => callback(error, null),
    )
  }
  return {
    account,
    api: {
      get: call.bind(null, 'GET', null),
      delete: call.bind(null, 'DELETE', null),
      post: call.bind(null, 'POST'),
      patch: call.bind(null, 'PATCH'),
      put: call.bind(null, 'PUT'),
    },
  }
}

module.exports = {connect}
