import {AsyncLocalStorage} from 'node:async_hooks'

/**
 * How the person called us, so that whatever we tell them to type works as it stands: the program that they typed, and --sandbox
 * where this run is in the sandbox, and --profile where that named the login.
 */
let program = 'aka'
let sandbox = false
let profile: UsedProfile | undefined
let appSpace: string | undefined

/** The login that a command line is to name. */
interface UsedProfile {
  readonly name: string
  /** Whether an app-space on the command line suffices to choose it. */
  readonly isOfSpace: boolean
}

/** Of a part of a run, where that is about several. */
const profileOfPart = new AsyncLocalStorage<UsedProfile>()

/** At the beginning of every run: in a host, several follow one another in a process. */
export function calledAs(run: {
  readonly program: string
  readonly sandbox: boolean
  readonly profile?: string | undefined
}): void {
  program = run.program
  sandbox = run.sandbox
  profile = run.profile === undefined ? undefined : {name: run.profile, isOfSpace: false}
  appSpace = undefined
}

/** Whether a command line asks for the sandbox, on this machine; the setting may, too. */
export function asksForSandbox(argv: readonly string[], env: NodeJS.ProcessEnv): boolean {
  const flags = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  return flags.includes('--sandbox') || (wantsSandbox(env) ?? false)
}

/** @returns undefined where the environment does not say. */
export function wantsSandbox({AKA_TWILIO_SANDBOX: variable}: NodeJS.ProcessEnv): boolean | undefined {
  if (!variable) return undefined
  return !['0', 'false', 'no', 'off'].includes(variable.toLowerCase())
}

/** The setting, which is read later, asks for the sandbox, too. */
export function enterSandbox(): void {
  sandbox = true
}

/** The setting, which is read later, may choose the profile, too. */
export function usesProfileOfSpace(name: string): void {
  profile = {name, isOfSpace: true}
}

/** A part of a run that is about this profile, while others may be about others. */
export function inProfile<Result>(used: UsedProfile, work: () => Result): Result {
  return profileOfPart.run(used, work)
}

/** The same for what may be of one among several profiles. */
export function withProfileOf<Result>({profile: name}: {readonly profile?: string}, work: () => Result): Result {
  return name === undefined ? work() : inProfile({name, isOfSpace: false}, work)
}

export function inSandbox(): boolean {
  return sandbox
}

export function programName(): string {
  return program
}

/** The app-space that the run is about. */
export function isAbout(known: string): void {
  appSpace = known
}

/** A command line with the app-space of this run, where it is known, in place of APP-SPACE. */
export function aboutThis(line: string): string {
  return line.replaceAll('APP-SPACE', appSpace ?? 'APP-SPACE')
}

/**
 * A command line of this tool, as the person is to type it.
 * @param line e.g. `twilio:usage -a APP-SPACE`
 */
export function ourCommand(line: string): string {
  return `${program} ${aboutThis(line)}${sandbox ? ' --sandbox' : ''}${profileFlag(line)}`
}

function profileFlag(line: string): string {
  const used = profileOfPart.getStore() ?? profile
  const isKnown = used?.isOfSpace && / (-a|--apps-from) /.test(line)
  const isOfAll = line.startsWith('twilio:profiles')
  return used === undefined || isKnown || isOfAll || line.includes(' --profile ') ? '' : ` --profile ${used.name}`
}

/** A page of the help. */
export function helpCommand(page: string): string {
  return `${program} help ${page}`
}

/** Commands that know nothing of the sandbox: `aka config` and others reach the real Akkeris. */
export function outsideSandbox(...sentences: string[]): readonly string[] {
  return sandbox ? [] : sentences
}
