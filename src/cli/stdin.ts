import {usage} from '../lib/errors.js'

/** Far more than anything that is read: without an end it would fill the memory. */
const mostMiB = 16

/** Everything a stream has to say, without white space around it. @throws {Failure} `usage` where it is without end */
export async function readAll(stream: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk as string))
    bytes += chunk.length
    if (bytes > mostMiB * 1_048_576)
      throw usage('INPUT_TOO_LONG', `There is more than ${mostMiB} MiB to read.`, 'Give it in several parts.')
  }
  return Buffer.concat(chunks).toString('utf8').trim()
}
