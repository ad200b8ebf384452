import {usage} from '../lib/errors.js'

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

/** False for anything but a yes. */
export async function confirm(question: string, answerable: Answerable): Promise<boolean> {
  requireTerminal(question, answerable)
  const {answer} = await (
    await prompts()
  )<{answer: boolean}>({type: 'confirm', name: 'answer', message: question, default: false})
  return answer
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
