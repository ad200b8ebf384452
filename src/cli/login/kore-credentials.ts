import {badCredentials} from '../../lib/errors.js'
import {checkForm, type KoreCredentials} from '../../lib/kore/credentials.js'
import {askSecret, askText} from '../prompts.js'
import {readAll} from '../stdin.js'

/** An API client of KORE's from a flag, the environment, standard input and, on a terminal, prompts; a secret is never an argument. */
export async function askKoreCredentials(
  given: string | undefined,
  {KORE_CLIENT_ID, KORE_CLIENT_SECRET}: NodeJS.ProcessEnv,
): Promise<KoreCredentials> {
  const clientId = given ?? (KORE_CLIENT_ID?.trim() || (await askText('Client id:', {flag: '--client-id ID'})))
  checkForm({clientId, clientSecret: ''})
  const clientSecret =
    KORE_CLIENT_SECRET?.trim() ||
    (process.stdin.isTTY
      ? await askSecret('Client secret:', {flag: 'KORE_CLIENT_SECRET'})
      : await readAll(process.stdin))
  if (clientId && clientSecret) return checkForm({clientId, clientSecret})
  throw badCredentials(
    'SECRET_MISSING',
    `Missing ${clientId ? 'client secret' : 'client id'}.`,
    'Give the client id as --client-id, and the secret on standard input or in KORE_CLIENT_SECRET.',
  )
}
