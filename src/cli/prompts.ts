import {type Failure, usage} from '../lib/errors.js'
import {writeToStderr} from './progress.js'

/** What stands in for a prompt where nobody can be asked. */
interface Answerable {
  /** e.g. `--confirm api-default`. */
  readonly flag: string
}

/** @throws {Failure} `usage` without a terminal, with the flag that answers. */
export function requireTerminal(question: string, {flag}: Answerable): void {
  if (process.stdin.isTTY && process.stderr.isTTY) return
  throw usage('NOT_INTERACTIVE', `${question} There is no terminal to ask on.`, `Answer with ${flag}.`)
}

/** Prompts are written to stderr: stdout carries results alone. */
async function prompts() {
  const {default: inquirer} = await import('inquirer')
  return inquirer.createPromptModule({output: process.stderr})
}

export async function askText(question: string, answerable: Answerable): Promise<string> {
  requireTerminal(question, answerable)
  const {answer} = await (await prompts())<{answer: string}>({type: 'input', name: 'answer', message: question})
  return answer.trim()
}

export async function askSecret(question: string, answerable: Answerable): Promise<string> {
  requireTerminal(question, answerable)
  const {answer} = await (
    await prompts()
  )<{answer: string}>({type: 'password', name: 'answer', message: question, mask: '*'})
  return answer.trim()
}

export async function askChoice(
  question: string,
  choices: readonly {readonly name: string; readonly value: string}[],
  answerable: Answerable,
): Promise<string> {
  requireTerminal(question, answerable)
  const {answer} = await (
    await prompts()
  )<{answer: string}>({type: 'select', name: 'answer', message: question, choices: [...choices]})
  return answer
}

/** Asks before what cannot be undone, or costs; `--yes` is what answers in a script. @throws {Failure} `usage` unless it is a yes. */
export async function confirm(question: string, {otherwise}: {readonly otherwise: string}): Promise<void> {
  requireTerminal(question, {flag: '--yes'})
  const {answer} = await (
    await prompts()
  )<{answer: boolean}>({type: 'confirm', name: 'answer', message: question, default: false})
  if (!answer) throw notConfirmed(otherwise)
}

/** @param otherwise what did not happen, e.g. `Nothing was ordered.` */
function notConfirmed(otherwise: string): Failure {
  return usage('NOT_CONFIRMED', otherwise, 'Run it again when ready.')
}

interface NamedConfirmation {
  readonly name: string
  /** With `--confirm`. */
  readonly given: string | undefined
  /** The command line that confirms it. */
  readonly command: string
  /** What a person should know first. */
  readonly consequences: string
}

/** Whether the name must be typed before something ends for good. @throws {Failure} `usage` where it is wrong, or nobody can type. */
export function mustTypeName({name, given, command, consequences}: NamedConfirmation): boolean {
  if (given === name) return false
  if (given !== undefined)
    throw usage('CONFIRM_MISMATCH', `--confirm takes the name of the app-space, ${name}, not ${given}.`, command)
  writeToStderr(consequences)
  requireTerminal(typeQuestion(name), {flag: `--confirm ${name}: ${command}`})
  return true
}

/** @throws {Failure} `usage` for anything but the name. */
export async function typeName(
  {name, command}: NamedConfirmation,
  {otherwise}: {readonly otherwise: string},
): Promise<void> {
  const answer = await askText(typeQuestion(name), {flag: `--confirm ${name}: ${command}`})
  if (answer !== name) throw notConfirmed(otherwise)
}

function typeQuestion(name: string): string {
  return `Type ${name} to continue:`
}
