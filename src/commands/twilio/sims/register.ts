import {readFile} from 'node:fs/promises'

import {Flags} from '@oclif/core'

import {AkaCommand, arg, appFlag} from '../../../cli/base-command.js'
import {Failure, usage} from '../../../lib/errors.js'
import {checkCards, parseCards, type Card} from '../../../lib/sims/card-file.js'
import {openSims} from '../../../lib/sims/context.js'
import {registerCards, type Registered} from '../../../lib/sims/register.js'
import {definitions} from '../../../lib/settings.js'
import {readAll} from '../../../cli/stdin.js'

export default class TwilioSimsRegister extends AkaCommand {
  static override summary = 'register SIM cards that have arrived'
  static override description = `One card by its ICCID and code, or many from a file (--file cards.csv, - for standard input) with lines ICCID,CODE or ICCID,CODE,NAME. They count against the orders that wait for cards; others need room under the plan's limit. Can be run again: what is registered already is left as it is.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default 89883070000012345678 --code H3LL0C0D3X',
    '<%= config.bin %> <%= command.id %> -a api-default --file cards.csv --activate --fleet vans',
  ]
  static override args = {
    iccid: arg({description: 'printed on the card'}),
  }
  static override flags = {
    app: appFlag,
    code: Flags.string({description: 'registration code, printed on the card', helpValue: 'CODE'}),
    name: Flags.string({description: 'name for the SIM [default: the app-space and the last digits]'}),
    file: Flags.string({
      description: 'many cards; - for standard input',
      helpValue: 'FILE',
      exclusive: ['code', 'name'],
    }),
    order: Flags.string({description: 'count them against this order', helpValue: 'ORDER'}),
    activate: Flags.boolean({description: 'activate them too'}),
    fleet: Flags.string({
      description: 'fleet to activate them in [default: the only one; made when there is none]',
      dependsOn: ['activate'],
    }),
    country: Flags.string({
      description: 'country whose networks a new fleet gets [default: US]',
      helpValue: 'CC',
      dependsOn: ['activate'],
    }),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(TwilioSimsRegister)
    const appSpace = this.appSpace(flags.app)
    const cards = await readCards(args.iccid, flags)
    const session = await this.session(flags)
    const {context} = await openSims(await this.context(session), appSpace)
    const country = flags.country ?? session.settings.country ?? definitions.country.standard
    const results = await registerCards(context, {
      cards,
      order: flags.order,
      activate: flags.activate ? {group: flags.fleet, country} : undefined,
    })
    const {green, red, dim} = this.colors
    for (const {iccid, outcome, sim, problem} of results) {
      if (problem) this.log(`${red('✖')} ${iccid}  ${problem.message}`)
      else
        this.log(
          `${green('✔')} ${iccid}  ${sim?.sid ?? ''}  ${sim?.name ?? ''}  ${sim?.status ?? ''} ${outcome === 'already' ? dim('(was registered already)') : ''}`.trimEnd(),
        )
    }
    const failed = results.filter(({problem}) => problem !== undefined)
    process.exitCode = Math.max(0, ...failed.map(({problem}) => problem?.exitCode ?? 0))
    if (failed.length > 0)
      this.tell(`\n${failed.length} of ${results.length} failed; mend what is wrong and run this again.`)
    return {appSpace, registered: results.length - failed.length, failed: failed.length, cards: results.map(shown)}
  }
}

async function readCards(
  iccid: string | undefined,
  {code, name, file}: {code?: string | undefined; name?: string | undefined; file?: string | undefined},
): Promise<Card[]> {
  if (file !== undefined) {
    if (iccid !== undefined) throw usage('ARGUMENTS', 'Either one ICCID or --file.', 'Leave one of them out.')
    return parseCards(file === '-' ? await readAll(process.stdin) : await readText(file))
  }
  if (iccid === undefined)
    throw usage('CARDS_MISSING', 'Which card?', 'Give its ICCID and --code, or --file cards.csv.')
  if (code === undefined)
    throw usage('CODE_MISSING', 'The registration code is needed too.', 'Add --code CODE: it is printed on the card.')
  return checkCards([{iccid, code, ...(name !== undefined && {name})}])
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw usage(
      'FILE_UNREADABLE',
      `${file} cannot be read: ${(error as Error).message}`,
      'Give another --file, or - for standard input.',
    )
  }
}

function shown({iccid, outcome, sim, order, problem}: Registered): unknown {
  return {
    iccid,
    outcome,
    sim: sim?.sid,
    name: sim?.name,
    status: sim?.status,
    order,
    problem:
      problem instanceof Failure
        ? {code: problem.code, message: problem.message, exitCode: problem.exitCode}
        : undefined,
  }
}
