import {printable} from './text.js'

const known = new Set<string>()

/** From now on `redact` takes this value out of every text. Short values are left alone: they would match anything. */
export function rememberSecret(secret: string | undefined): void {
  if (secret !== undefined && secret.length >= 8) known.add(secret)
}

/** A host may run several commands in one process: what one of them saw is not the next one's. */
export function forgetSecrets(): void {
  known.clear()
}

/** The text without any secret this run has seen; for everything that is printed but was not asked for. */
export function redact(text: string): string {
  let clean = text
  for (const secret of known) clean = clean.replaceAll(secret, () => mask(secret))
  return clean
}

/** Text that may hold what an API said, for a person. */
export function safeText(text: string): string {
  return redact(printable(text))
}

/** Enough to tell two tokens apart, not enough to use one. */
export function mask(secret: string): string {
  return `********${secret.slice(-4)}`
}
