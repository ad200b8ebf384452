import {usage} from './errors.js'

/** Twilio calls these from outside: anything but http and https can never work. @throws {Failure} `usage` */
export function checkUrl(flag: string, url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return
  throw usage(
    'URL_INVALID',
    `${flag} ${url} is not a URL that Twilio can call.`,
    'Give a whole one, e.g. https://api-default.example.com/voice.',
  )
}
