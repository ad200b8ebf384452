import {createHash, generateKeyPairSync, type KeyObject, randomBytes, sign} from 'node:crypto'

import {
  around,
  bitString,
  inPlace,
  integer,
  objectId,
  octetString,
  sequence,
  set,
  time,
  utcTime,
  utf8,
  yes,
} from './der.js'

const DAY_MS = 86_400_000
/** From then on, times are written with four digits of the year (RFC 5280). */
const YEAR_2050 = Date.UTC(2050, 0)
const ECDSA_WITH_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'))

export interface KeyPair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

export function newKeyPair(): KeyPair {
  return generateKeyPairSync('ec', {namedCurve: 'P-256'})
}

/** What signs the certificates of hosts, for these domains and those below them alone, whoever trusts it. */
export function authorityCertificate(name: string, keys: KeyPair, domains: readonly string[], now: number): string {
  const subtrees = domains.map((domain) => sequence(inPlace(2, Buffer.from(domain))))
  return certificate({
    name,
    issuer: name,
    keys,
    signer: keys,
    now,
    days: 5 * 365,
    extensions: [
      extension('2.5.29.19', sequence(yes(), integer(Buffer.from([0]))), 'critical'),
      // Signing certificates, the sixth bit.
      extension('2.5.29.15', bitString(Buffer.from([0b0000_0100]), 2), 'critical'),
      extension('2.5.29.30', sequence(around(0, ...subtrees)), 'critical'),
    ],
  })
}

interface HostCertificate {
  readonly host: string
  readonly keys: KeyPair
  readonly issuer: string
  readonly signer: KeyPair
}

export function hostCertificate({host, keys, issuer, signer}: HostCertificate, now: number): string {
  return certificate({
    name: host,
    issuer,
    keys,
    signer,
    now,
    days: 90,
    extensions: [
      extension('2.5.29.19', sequence(), 'critical'),
      // Digital signatures, the first bit.
      extension('2.5.29.15', bitString(Buffer.from([0b1000_0000]), 7), 'critical'),
      extension('2.5.29.37', sequence(objectId('1.3.6.1.5.5.7.3.1'))),
      extension('2.5.29.17', sequence(inPlace(2, Buffer.from(host)))),
    ],
  })
}

interface Contents {
  readonly name: string
  readonly issuer: string
  readonly keys: KeyPair
  readonly signer: KeyPair
  readonly now: number
  readonly days: number
  readonly extensions: readonly Buffer[]
}

/** An X.509 certificate (RFC 5280), as PEM. */
function certificate({name, issuer, keys, signer, now, days, extensions}: Contents): string {
  const spki = keys.publicKey.export({type: 'spki', format: 'der'})
  const identifiers = [
    extension('2.5.29.14', octetString(identifierOf(keys))),
    extension('2.5.29.35', sequence(inPlace(0, identifierOf(signer)))),
  ]
  const contents = sequence(
    around(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    commonName(issuer),
    sequence(moment(now - DAY_MS), moment(now + days * DAY_MS)),
    commonName(name),
    spki,
    around(3, sequence(...extensions, ...identifiers)),
  )
  const der = sequence(contents, ECDSA_WITH_SHA256, bitString(sign('sha256', contents, signer.privateKey)))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

function moment(ms: number): Buffer {
  return ms < YEAR_2050 ? utcTime(ms) : time(ms)
}

function commonName(name: string): Buffer {
  return sequence(set(sequence(objectId('2.5.4.3'), utf8(name))))
}

function extension(id: string, value: Buffer, critical?: 'critical'): Buffer {
  return sequence(objectId(id), ...(critical ? [yes()] : []), octetString(value))
}

function identifierOf({publicKey}: KeyPair): Buffer {
  return createHash('sha1')
    .update(publicKey.export({type: 'spki', format: 'der'}))
    .digest()
}
