/**
 * How the person called us, so that whatever we tell them to type works as it stands: the program that they typed, and --sandbox
 * where this run is in the sandbox.
 */
let program = 'aka'
let sandbox = false

/** At the beginning of every run: in a host, several follow one another in a process. */
export function calledAs(run: {readonly program: string; readonly sandbox: boolean}): void {
  program = run.program
  sandbox = run.sandbox
}

/** The setting, which is read later, asks for the sandbox, too. */
export function enterSandbox(): void {
  sandbox = true
}

/** A command line of this tool, as the person is to type it. @param line e.g. `twilio:usage -a api-default` */
export function ourCommand(line: string): string {
  return `${program} ${line}${sandbox ? ' --sandbox' : ''}`
}

/** What has nothing to do with the sandbox: `aka config` and the like reach the real Akkeris. */
export function outsideSandbox(...sentences: string[]): readonly string[] {
  return sandbox ? [] : sentences
}
