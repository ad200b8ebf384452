/** What the sandbox remembers of secondary auth tokens: an account has none or one. Times are milliseconds. */
export interface TokenState {
  secondaryTokens: SecondaryToken[]
}

export interface SecondaryToken {
  accountSid: string
  token: string
  createdAt: number
}

export function initialTokens(): TokenState {
  return {secondaryTokens: []}
}
