/** How many bytes a text in Base64 stands for; undefined when it is none. */
export function binaryLength(text: string): number | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes.length : undefined
}
