/*
 * Just enough of DER (X.690) for a certificate. The libraries that make certificates are larger than all that the package has room for.
 */

const encoded = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content])
}

function lengthOf(length: number): number[] {
  if (length < 128) return [length]
  const bytes = bytesOf(length)
  return [128 + bytes.length, ...bytes]
}

/** Big-endian, without leading zeros. */
function bytesOf(value: number): number[] {
  return value < 256 ? [value] : [...bytesOf(Math.floor(value / 256)), value % 256]
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => encoded(0x30, ...parts)
export const set = (...parts: readonly Uint8Array[]): Buffer => encoded(0x31, ...parts)
/** With a tag that the context gives its meaning: `[number]`, around other parts or in the place of a type. */
export const around = (number: number, ...parts: readonly Uint8Array[]): Buffer => encoded(0xa0 + number, ...parts)
export const inPlace = (number: number, content: Uint8Array): Buffer => encoded(0x80 + number, content)
/** Positive; the first bit of a positive number is 0. */
export const integer = (bytes: Uint8Array): Buffer =>
  encoded(0x02, (bytes[0] ?? 0) >= 128 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes)
export const bitString = (bytes: Uint8Array, unused = 0): Buffer => encoded(0x03, Buffer.from([unused]), bytes)
export const octetString = (bytes: Uint8Array): Buffer => encoded(0x04, bytes)
export const utf8 = (text: string): Buffer => encoded(0x0c, Buffer.from(text))
export const yes = (): Buffer => encoded(0x01, Buffer.from([255]))
/** `20260131120000Z`, in seconds. */
export const time = (ms: number): Buffer =>
  encoded(0x18, Buffer.from(`${new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`))

/** UTCTime until 2049, as RFC 5280 wants it. */
export const utcTime = (ms: number): Buffer =>
  encoded(0x17, Buffer.from(`${new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`))

export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return encoded(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

function base128(value: number): number[] {
  const digits: number[] = [value % 128]
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) digits.unshift(128 + (left % 128))
  return digits
}
