/** What an API says of a request that it refused, as far as its answer can be read. */
export function parseRefusal(body: string): {code?: number; message?: string} {
  try {
    const {code, message} = JSON.parse(body) as {code?: unknown; message?: unknown}
    return {
      ...(/^\d+$/.test(String(code)) && {code: Number(code)}),
      ...(typeof message === 'string' && {message}),
    }
  } catch {
    return {}
  }
}
