import {isAnimated, type Screen} from './terminal.js'

/** Terminals that show OSC 8 hyperlinks (https://github.com/Alhadis/OSC8-Adoption); others may print them as they are. */
export function hasLinks(screen: Screen, env: NodeJS.ProcessEnv): boolean {
  if (env.FORCE_HYPERLINK !== undefined) return env.FORCE_HYPERLINK !== '0' && screen.isTTY === true
  if (!isAnimated(screen, env) || env.CI || env.TMUX) return false
  if (/^(iTerm\.app|WezTerm|vscode|ghostty|Hyper|rio)$/.test(env.TERM_PROGRAM ?? '')) return true
  if (/kitty|alacritty|ghostty|foot/.test(env.TERM ?? '')) return true
  return Boolean(env.WT_SESSION) || Boolean(env.KONSOLE_VERSION) || Number(env.VTE_VERSION) >= 5000
}

const target =
  /https:\/\/[\w\-./?=&#%~:@!$+*,;]*[\w\-/=&#%~@$+*]|\b(?:AC|PN)[0-9a-f]{32}\b|(?<![\d+])\+[1-9]\d{7,14}\b/g

/** Addresses, SIDs of accounts and numbers, and phone numbers as hyperlinks. What is on the screen is the same. */
export function linked(text: string): string {
  return text.replaceAll(target, (found) => `\u001B]8;;${addressOf(found)}\u0007${found}\u001B]8;;\u0007`)
}

function addressOf(text: string): string {
  if (text.startsWith('AC')) return `https://console.twilio.com/?accountSid=${text}`
  if (text.startsWith('PN')) return `https://console.twilio.com/us1/develop/phone-numbers/manage/incoming/${text}`
  return text.startsWith('+') ? `tel:${text}` : text
}
