import {delimiter} from 'node:path'

import type {Authority} from './server/authority.js'
import {TEST_NUMBER} from './world/test-values.js'

interface Login {
  readonly accountSid: string
  readonly authToken: string
}

/** What points this tool, or an app, at a sandbox that is served. The sandbox's token opens nothing but the sandbox: it is no secret. */
export function environmentOf(url: string, {accountSid, authToken}: Login, authority?: Authority) {
  return {
    AKA_TWILIO_ENDPOINT: url,
    AKKERIS_API_HOST: url,
    API_TOKEN: 'sandbox',
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    // An app of an add-on reads these: its SID by another name, and a number that can send at once.
    TWILIO_SID: accountSid,
    TWILIO_PHONE_NUMBER: TEST_NUMBER,
    ...(authority && proxyEnvironment(url, authority)),
  }
}

/**
 * Each language's HTTP client has its own variables for proxies (Twilio's SDK for Node that of http alone) and for certificates that it
 * trusts. With these no certificate but the sandbox's is trusted by some, which the proxy answers nothing else than anyway.
 */
function proxyEnvironment(url: string, {path, phpFolder}: Authority): Readonly<Record<string, string>> {
  const here = '127.0.0.1,localhost,::1'
  return {
    HTTPS_PROXY: url,
    https_proxy: url,
    HTTP_PROXY: url,
    NO_PROXY: here,
    no_proxy: here,
    NODE_USE_ENV_PROXY: '1',
    NODE_EXTRA_CA_CERTS: path,
    SSL_CERT_FILE: path,
    REQUESTS_CA_BUNDLE: path,
    CURL_CA_BUNDLE: path,
    // Beside the folders that it has already, or where it has none its usual one.
    PHP_INI_SCAN_DIR: `${process.env.PHP_INI_SCAN_DIR ?? ''}${delimiter}${phpFolder}`,
  }
}
