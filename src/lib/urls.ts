import {usage} from './errors.js'
import {maskUrls, rememberUrl} from './secrets.js'
import {printable} from './text.js'

/** Twilio calls these from outside: anything but http and https can never work. @throws {Failure} `usage` */
export function checkUrl(flag: string, url: string): void {
  rememberUrl(url)
  // The parser drops line breaks and encodes what cannot be seen: Twilio would be given another URL than the one that was meant.
  const isClean = printable(url) === url && !/\s/.test(url)
  if (isClean && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return
  throw usage(
    'URL_INVALID',
    `${flag} ${maskUrls(url)} is not a URL that Twilio can call.`,
    'Give a whole one, e.g. https://api-default.example.com/voice.',
  )
}
