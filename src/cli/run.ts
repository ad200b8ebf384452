import {Config, run} from '@oclif/core'

import packageJson from '../../package.json' with {type: 'json'}
import {asksForSandbox, calledAs} from '../lib/command-line.js'
import {outcomes} from '../lib/error-codes.js'
import {homeFolder} from '../lib/local-files.js'
import {checkCommandName} from './command-name.js'
import {explainFailure, tellFailure, toFailure} from './failures.js'
import {withoutHelp} from './help/request.js'
import {markSandbox} from './sandbox.js'
import {keepStreamErrors, stdoutFailure, writeJson} from './streams.js'

interface CommandLine {
  readonly argv: readonly string[]
  /** Of the package. */
  readonly root: string
  /** What the person types for it, where that is not `aka`. */
  readonly program?: string | undefined
}

/** Runs a command line; how it ended is in `process.exitCode`. Node exits silently with 0 when a promise never settles: a bug. */
export async function runCommandLine({argv, root, program = 'aka'}: CommandLine): Promise<void> {
  keepStreamErrors()
  const neverSettled = () => {
    process.stderr.write('✖ This is a bug in aka-twilio; please report it: the command never finished.\n')
    process.exitCode = outcomes.bug.exitCode
  }
  const tell = (error: unknown): void =>
    tellFailure(toFailure(error), argv.includes('--json') ? (document) => writeJson(markSandbox(document)) : undefined)
  // Nobody waited for what failed: Node would print the bundle's source.
  const unawaited = (error: unknown): never => {
    tell(error)
    process.exit()
  }
  process.once('beforeExit', neverSettled)
  process.once('uncaughtException', unawaited)
  calledAs({program, sandbox: asksForSandbox(argv, process.env)})
  try {
    const config = await Config.load({
      root,
      // As it was when this was built: after an update that failed, the file is newer than the commands and their manifest.
      pjson: {...packageJson, oclif: {...packageJson.oclif, bin: program}} as unknown as Config['pjson'],
      // There are no commands but ours: oclif need not look for plugins in the home folder.
      userPlugins: false,
      devPlugins: false,
    })
    const line = withoutHelp(argv)
    checkCommandName(line, config)
    await run([...line], config)
  } catch (error) {
    // Commands end all of theirs: this is oclif's, from before there was one.
    tell(error)
  } finally {
    process.off('beforeExit', neverSettled)
    process.off('uncaughtException', unawaited)
  }
  const unwritten = await stdoutFailure()
  if (unwritten === undefined) {
    if (process.stdout.isTTY && process.stderr.isTTY) {
      const {noticeUpdate} = await import('./update-notice.js')
      await noticeUpdate({root, argv, program, env: process.env, home: homeFolder()})
    }
    return
  }
  const failure = toFailure(unwritten)
  process.exitCode = Number(process.exitCode ?? 0) || failure.exitCode
  explainFailure(failure)
}
