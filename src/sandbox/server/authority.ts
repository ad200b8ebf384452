import {createPrivateKey, createPublicKey, X509Certificate} from 'node:crypto'
import {join} from 'node:path'
import {createSecureContext, type SecureContext} from 'node:tls'

import {locally, makePrivateFolder, readSmallFile, withFileLock, writePrivateFile} from '../../lib/local-files.js'
import {SANDBOX_AKKERIS_HOST} from '../http/hosts.js'
import {authorityCertificate, hostCertificate, type KeyPair, newKeyPair} from './certificate.js'

const NAME = 'aka-twilio sandbox'
/** A certificate is replaced before a test run that begins now could see it expire. */
const LEAST_LEFT_MS = 30 * 86_400_000

/** What vouches for the hosts of the sandbox, to who trusts its certificate. */
export interface Authority {
  /** Of the certificate. */
  readonly path: string
  /** A folder with settings of PHP that make it trust the certificate, which no environment variable of its own does. */
  readonly phpFolder: string
  readonly contextFor: (host: string) => SecureContext
}

interface Kept {
  readonly certificate: string
  readonly keys: KeyPair
}

/** The authority of this machine, which is made when it is first needed. Nobody but its owner can read its key. */
export async function authorityIn(folder: string, now: number): Promise<Authority> {
  const path = join(folder, 'sandbox-ca.pem')
  const keyPath = join(folder, 'sandbox-ca-key.pem')
  const phpFolder = join(folder, 'sandbox-php')
  const suggestions = ['Check the folder and the disk, then run this again.'] as const
  const {certificate, keys} = await locally(
    {doing: `keep the sandbox's certificate in ${folder}`, suggestions},
    async () => {
      await makePrivateFolder(folder)
      await makePrivateFolder(phpFolder)
      return withFileLock(keyPath, async () => {
        await writePrivateFile(join(phpFolder, 'sandbox.ini'), Buffer.from(phpSettings(path)))
        const kept = await readKept(path, keyPath, now)
        if (kept) return kept
        const made = newAuthority(now)
        await writePrivateFile(keyPath, Buffer.from(made.keys.privateKey.export({type: 'pkcs8', format: 'pem'})))
        await writePrivateFile(path, Buffer.from(made.certificate))
        return made
      })
    },
  )
  const hostKeys = newKeyPair()
  const hostKey = hostKeys.privateKey.export({type: 'pkcs8', format: 'pem'})
  const contexts = new Map<string, SecureContext>()
  return {
    path,
    phpFolder,
    contextFor: (host) => {
      const known = contexts.get(host)
      if (known) return known
      const cert = hostCertificate({host, keys: hostKeys, issuer: NAME, signer: keys}, now)
      const context = createSecureContext({key: hostKey, cert: cert + certificate, minVersion: 'TLSv1.2'})
      contexts.set(host, context)
      return context
    },
  }
}

function phpSettings(path: string): string {
  return `curl.cainfo='${path}'\nopenssl.cafile='${path}'\n`
}

function newAuthority(now: number): Kept {
  const keys = newKeyPair()
  const domains = ['twilio.com', 'korewireless.com', SANDBOX_AKKERIS_HOST]
  return {keys, certificate: authorityCertificate(NAME, keys, domains, now)}
}

/** Undefined where there is none that can still be used. */
async function readKept(path: string, keyPath: string, now: number): Promise<Kept | undefined> {
  const [certificate, key] = [readSmallFile(path), readSmallFile(keyPath)]
  if (certificate === undefined || key === undefined) return undefined
  try {
    const x509 = new X509Certificate(certificate)
    const privateKey = createPrivateKey(key)
    const isFine = x509.checkPrivateKey(privateKey) && Date.parse(x509.validTo) - now > LEAST_LEFT_MS
    return isFine ? {certificate, keys: {privateKey, publicKey: createPublicKey(privateKey)}} : undefined
  } catch {
    return undefined
  }
}
