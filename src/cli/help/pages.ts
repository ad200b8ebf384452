import {type Config, Help} from '@oclif/core'

import {ourCommand} from '../../lib/command-line.js'
import {outcomes} from '../../lib/error-codes.js'
import {environmentVariables} from './environment.js'

/** The pages of the help that are about no command. */
export const pageSummaries = {
  'exit-codes': 'What exit codes mean, and how scripts should react',
  environment: 'The environment variables',
  json: 'What --json promises',
  scripts: 'How to call this tool from scripts and CI',
} as const

export type PageName = keyof typeof pageSummaries

export const pageNames = Object.keys(pageSummaries) as PageName[]

interface Page {
  readonly before: string
  readonly rows: readonly (readonly [string, string])[]
  readonly after: string
}

const pages: Readonly<Record<PageName, () => Page>> = {
  'exit-codes': () => ({
    before: 'Scripts may rely on these. With --json the same number is error.exitCode, and error.code says more.',
    rows: [
      ['0', 'done, or already so'],
      ...Object.values(outcomes).map(({exitCode, meaning, reaction}): readonly [string, string] => [
        String(exitCode),
        `${meaning} → ${reaction.replaceAll(/`aka (twilio:\w+)`/g, (_, line: string) => ourCommand(line))}`,
      ]),
    ],
    after: 'If there are several failures, the highest code counts. All error codes: docs/error-codes.md',
  }),
  environment: () => ({before: '', rows: environmentVariables, after: ''}),
  json: () => ({
    before: 'With --json every command prints exactly one JSON document to stdout, whether it succeeds or fails.',
    rows: [
      ['error', 'only if the exit code is not 0: code, message, suggestions, exitCode, and twilio if Twilio refused'],
      ['sandbox', 'true in the sandbox, otherwise absent'],
      ['null', 'an absent value; every key is present'],
      ['times', 'ISO 8601 in UTC; days YYYY-MM-DD; phone numbers E.164; amounts in US dollars'],
      ['secrets', 'masked, unless --show-secrets is given'],
      ['stderr', 'progress, prompts, warnings, and every failure in sentences: for people'],
    ],
    after: 'Each command has a JSON schema in docs/schemas; the contract is in docs/json.md.',
  }),
  scripts: () => ({
    before: 'stdout carries only the result; everything else goes to stderr. Without a terminal nothing is asked.',
    rows: [
      ['--json', 'one document, for success and failure alike'],
      [
        '--yes',
        'confirms what costs more or ends something; addons:destroy needs --confirm APP-SPACE. Without it: exit 2',
      ],
      ['--no-wait', 'exit 6 instead of waiting if another run is working on the app-space'],
      ['--timeout', 'SECONDS after which every wait ends, with exit 7'],
      ['again', 'exit 7 and 130: run the same command again, it resumes and buys nothing twice'],
      ['--fail-at', 'for twilio:usage: exit 3 if usage has reached that percentage of the plan'],
      ['--shell', `eval "$(${ourCommand('addons:create twilio:small -a APP-SPACE --shell')})"`],
      ['--sandbox', 'for trying all of it: no account, no network, nothing bought'],
    ],
    after: `Exit codes: ${ourCommand('twilio:help exit-codes')}`,
  }),
}

export function renderPage(name: PageName, config: Config): string {
  const {before, rows, after} = pages[name]()
  return new PageFormatter(config).page({
    before: plain(before),
    rows: rows.map(([left, right]) => [plain(left), plain(right)]),
    after,
  })
}

class PageFormatter extends Help {
  page({before, rows, after}: Page): string {
    const width = this.opts.maxWidth
    // oclif wraps a list as if it were not indented.
    this.opts.maxWidth = width - this.indentSpacing
    const list = this.renderList(
      rows.map(([left, right]) => [left, right]),
      {indentation: 2, spacer: '\n', stripAnsi: true},
    )
    this.opts.maxWidth = width
    return [this.wrap(before), this.indent(list), this.wrap(after)].filter(Boolean).join('\n\n')
  }
}

/** The texts are shared with documents in Markdown. */
function plain(text: string): string {
  return text.replaceAll('`', '')
}
