/** What the environment says to this tool: printed by `twilio:help environment`, and the table in README (`npm run docs:codes`). */
export const environmentVariables: readonly (readonly [names: string, meaning: string])[] = [
  [
    '`TWILIO_ACCOUNT_SID`, `TWILIO_AUTH_TOKEN`',
    "the main account's credentials; they take precedence over `twilio:login`",
  ],
  [
    '`AKA_TWILIO_ACCOUNT_SID`, `AKA_TWILIO_AUTH_TOKEN`, …',
    "the same (and `AKA_TWILIO_API_KEY`, `…_SECRET`), taking precedence over all others; an app's variables (`--shell`) never replace them",
  ],
  [
    '`AKA_TWILIO_PROFILE`',
    'same as `--profile`: the login of that name, which takes precedence over all other credentials',
  ],
  [
    '`TWILIO_API_KEY`, `TWILIO_API_SECRET`',
    'with `TWILIO_ACCOUNT_SID`: an API key of type Main instead of the token (cannot transfer numbers)',
  ],
  ['`AKKERIS_API_HOST`', 'the Akkeris API host, else `apps` in `~/.akkeris/config.json`'],
  ['`API_AUTH`, `API_TOKEN`', 'the Akkeris login, else `~/.netrc`, as for `aka` itself'],
  [
    '`AKKERIS_APP`',
    'the app-space if `-a` is missing, else git config `branch.BRANCH.akkeris`; never for commands that destroy',
  ],
  ['`AKA_TWILIO_SIM_ORDER_TOKEN`', "bearer token for the administrator's ordering endpoint"],
  ['`AKA_TWILIO_CORE=1`', 'inside `aka`: leave its own add-on commands alone'],
  ['`AKA_TWILIO_SANDBOX=1`', 'same as `--sandbox`'],
  [
    '`AKA_TWILIO_ENDPOINT`',
    'a stand-in for all of Twilio: `https://HOST/PATH` goes to `ENDPOINT/HOST/PATH` (http only on loopback)',
  ],
  ['`HTTPS_PROXY`, `NO_PROXY`', 'honoured'],
  [
    '`AKA_TWILIO_PAGER`, `PAGER`',
    'the pager for lists longer than the screen [default: less]; empty or `cat` for none',
  ],
  ['`NO_COLOR`, `AKA_NO_COLORS`', 'no colours'],
  ['`NO_UPDATE_NOTIFIER`, `CI`', 'no message about newer versions'],
  ['`DEBUG=aka-twilio:*`', 'one line per request on stderr, without secrets'],
]
