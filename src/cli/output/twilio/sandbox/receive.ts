import type {CallHappening, SandboxReceivedDocument, WebhookTry} from '../../../../sandbox/document.js'

export function renderReceived({sid, webhooks, replies = [], events}: SandboxReceivedDocument): string {
  const nobody = webhooks.length === 0 ? ['No webhook was called: the number has no URL for it.'] : []
  const lines = [
    ...nobody,
    ...webhooks.map(webhookLine),
    ...replies.map(({to, body}) => `reply to ${to}: ${body}`),
    ...(events ?? []).map(eventLine),
  ]
  return [`${sid} came in.`, ...lines.map((line) => `  ${line}`)].join('\n')
}

function webhookLine({method, url, status, error, notSent}: WebhookTry): string {
  const came = notSent ?? (error ? `${error.message} (${error.code})` : String(status ?? 'no answer'))
  return `${method} ${url}: ${came}`
}

function eventLine({verb, text, result}: CallHappening): string {
  return [`<${verb}>`, text, result ? `→ ${result}` : undefined].filter(Boolean).join(' ')
}
