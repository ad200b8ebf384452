import {printable, printableLines} from './text.js'

/** Values that no text may have. */
const known = new Set<string>()
/** Values that are somebody's own, but may be common words: taken out of what others say, not out of our own sentences. */
const confidential = new Set<string>()
/** Those of `known` that are not in `written` yet: a list of a thousand accounts has thousands, and mostly nothing to redact. */
let unwritten: string[] = []
/** The ways in which `known` may be written, longest first, by how they begin: to find them takes no longer the more there are. */
const written = new Map<string, readonly Written[]>()
/** Shorter values are left alone: they would match anything. */
const shortest = 8

interface Written {
  readonly form: string
  readonly secret: string
}

/** From now on `redact` takes this value out of every text, unless it is very short. */
export function rememberSecret(secret: string | null | undefined): void {
  if (!secret || secret.length < shortest || known.has(secret)) return
  known.add(secret)
  unwritten.push(secret)
}

/** A password, alone and as the pair that Basic authentication makes of it. */
export function rememberLogin(username: string, password: string | null | undefined): void {
  rememberSecret(password)
  if (!password) return
  const pair = `${username}:${password}`
  rememberSecret(pair)
  // Without its padding, which may be missing, and behind which more may stand.
  rememberSecret(Buffer.from(pair).toString('base64').replace(/=+$/, ''))
  rememberSecret(Buffer.from(pair).toString('base64url'))
}

/** An Authorization header: the credential in it, and what a Basic one says. */
export function rememberAuthorization(header: string): void {
  rememberSecret(header)
  const [, scheme = '', credential = ''] = /^\s*(\S+)\s+(.*?)\s*$/s.exec(header) ?? []
  rememberSecret(credential)
  if (!/^basic$/i.test(scheme)) return
  const [, username = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(credential, 'base64').toString()) ?? []
  rememberLogin(username, password)
}

/** A URL's own password and tokens: in a text they may stand apart from it. */
export function rememberUrl(url: string): void {
  // Whether it is a whole one is checked elsewhere.
  const whole = [url, `https://${url}`].find((each) => URL.canParse(each) && new URL(each).host !== '')
  if (whole === undefined) return
  const {username, password, pathname, searchParams} = new URL(whole)
  rememberLogin(attempt(decodeURIComponent, username), attempt(decodeURIComponent, password))
  rememberSecret(password)
  for (const [name, value] of searchParams) if (secretName.test(name) || looksRandom(value)) rememberSecret(value)
  for (const part of pathname.split('/')) if (looksRandom(part)) rememberSecret(part)
}

/** The config vars of an app, any of which may be a secret: Akkeris could repeat them. */
export function rememberConfigVars(values: Iterable<unknown>): void {
  for (const value of values) {
    if (typeof value === 'string' && value.length >= shortest && !/^\[redacted\]$/.test(value)) confidential.add(value)
  }
}

/** A host may run several commands in one process: what one of them saw is not the next one's. */
export function forgetSecrets(): void {
  known.clear()
  confidential.clear()
  unwritten = []
  written.clear()
}

/** The text without any secret this run has seen, and without what looks like one in a URL; for whatever was not asked for. */
export function redact(text: string): string {
  for (const secret of unwritten) for (const form of formsOf(secret)) addForm({form, secret})
  unwritten = []
  let clean = ''
  let copied = 0
  for (let at = 0; at + shortest <= text.length;) {
    const found = written.get(text.slice(at, at + shortest))?.find(({form}) => text.startsWith(form, at))
    if (!found) {
      at += 1
      continue
    }
    clean += text.slice(copied, at) + mask(found.secret)
    at += found.form.length
    copied = at
  }
  return maskUrls(clean + text.slice(copied))
}

function addForm(added: Written): void {
  const start = added.form.slice(0, shortest)
  const all = [...(written.get(start) ?? []), added]
  written.set(
    start,
    all.sort((one, other) => other.form.length - one.form.length),
  )
}

/** A line for a person that may hold what others said or gave. */
export function safeText(text: string): string {
  return redact(printable(text))
}

/** The same with its lines. */
export function safeLines(text: string): string {
  return redact(printableLines(text))
}

/** What Twilio, Akkeris or somebody in between said, to be quoted in a sentence: without secrets or config vars, and not endless. */
export function quoted(text: string, longest = 500): string {
  let clean = safeText(text).replaceAll(assignment, (_, name: string) => `${name}********`)
  for (const value of confidential) clean = clean.replaceAll(printable(value), '********')
  return clean.length > longest ? `${clean.slice(0, longest).trimEnd()} …` : clean
}

/** Enough to tell two tokens apart, not enough to use one. */
export function mask(secret: string): string {
  return secret.length < 16 ? '********' : `********${secret.slice(-4)}`
}

/** URLs without their passwords and tokens, wherever they stand in a text. */
export function maskUrls(text: string): string {
  return text
    .replaceAll(login, (_, username = '') => `${username as string}********@`)
    .replaceAll(parameter, (_, name: string) => `${name}********`)
}

/** `//user:password@`; what our own suggestions write in its place stays. */
const login = /(?<=:\/\/)(?!USER:PASSWORD@)([^\s/?#@:"'<>]{0,200}:)?[^\s/?#"'<>]{1,500}@/g
const secretName = /(?<!page)token|key|secret|pass|auth|sig|credential|jwt/i
const parameter =
  /([?&;][^\s=&;#?"'<>]{0,60}(?:(?<!page)token|key|secret|pass|auth|sig|credential|jwt)[^\s=&;#?"'<>]{0,20}=)[^\s&;#"'<>]+/gi
/** What names its value a secret: `STRIPE_KEY=…`, `"auth_token": "…"`. */
const assignment = /((?:PASS|KEY|SECRET|PRIVATE|TOKEN|SALT|AUTH|HASH)\w{0,40}(?:=["']?|["']\s?:\s?["']))[^\s"',;&]+/gi

/** A token, as path or parameter; not a SID, which every message may name. */
function looksRandom(part: string): boolean {
  const isMixed = /^[\w-]{20,}$/.test(part) && /\d/.test(part) && /[A-Z]/.test(part) && /[a-z]/.test(part)
  return isMixed && !/^[A-Z]{2}[0-9a-f]{32}$/.test(part)
}

/** As it is, percent-encoded as in a path and as in a form, and as in JSON. */
function formsOf(secret: string): string[] {
  const inForm = new URLSearchParams([['', secret]]).toString().slice(1)
  const encoded = [attempt(encodeURIComponent, secret), inForm, inForm.replaceAll('+', '%20')]
  const lower = encoded.map((form) => form.replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()))
  const forms = [secret, printable(secret), JSON.stringify(secret).slice(1, -1), ...encoded, ...lower]
  return [...new Set(forms)].filter((form) => form.length >= shortest)
}

/** What is not well-formed stays as it is. */
function attempt(convert: (text: string) => string, text: string): string {
  try {
    return convert(text)
  } catch {
    return text
  }
}
