import {type Failure, usage} from '../lib/errors.js'
import {colorsFor} from './output/colors.js'
import {wrap} from './output/layout.js'
import {isPlain} from './output/terminal.js'
import {whileAsking, writeToStderr} from './progress.js'

/** What stands in for a prompt where nobody can be asked. */
interface Answerable {
  /** e.g. `--confirm api-default`. */
  readonly flag: string
  /** The command line with it, where that is known. */
  readonly command?: string
}

/** @throws {Failure} `usage` without a terminal, with the flag that answers. */
export function requireTerminal(question: string, answerable: Answerable): void {
  if (canAsk()) return
  throw usage('NOT_INTERACTIVE', `${question} There is no terminal to ask on.`, answerWith(answerable))
}

function answerWith({flag, command}: Answerable): string {
  return `Answer with ${flag}${command === undefined ? '.' : `: ${command}`}`
}

export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY
}

type Question =
  | {readonly type: 'confirm'; readonly default: false}
  | {readonly type: 'input'; readonly validate?: (typed: string) => string | true}
  | {readonly type: 'password'; readonly mask: string}
  | {readonly type: 'select'; readonly choices: readonly Choice[]}
  | {readonly type: 'search'; readonly source: (typed: string | undefined) => readonly Choice[]}

interface Choice {
  readonly name: string
  readonly value: string
}

/** In the colours of the terminal's own text: cyan and grey are hard to read on white, blue on black. */
function theme() {
  const {bold} = colorsFor(process.stderr, process.env)
  const same = (text: string) => text
  const icon = {cursor: isPlain(process.env) ? '>' : '❯'}
  const style = {answer: bold, highlight: bold, searchTerm: bold, defaultAnswer: same, description: same}
  return {prefix: {idle: bold('?'), done: bold(isPlain(process.env) ? '?' : '✔')}, icon, style}
}

/**
 * Asks on stderr: stdout carries results alone. At the end of input (Ctrl-D) readline closes and stops reading, and nothing would
 * ever settle.
 * @returns undefined at the end of input: nobody answered.
 */
async function ask<Answer>(message: string, question: Question): Promise<Answer | undefined> {
  const {default: inquirer} = await import('inquirer')
  const ended = new AbortController()
  // It stops reading after an answer, too: that one comes first.
  const onPause = () => void setImmediate(() => ended.abort())
  process.stdin.once('pause', onPause).once('end', onPause)
  try {
    const prompt = inquirer.createPromptModule({output: process.stderr, signal: ended.signal})
    const asked = {...question, name: 'answer', message: besideMark(message), theme: theme()}
    const {answer} = await whileAsking(() => prompt<{answer: Answer}>(asked as Parameters<typeof prompt>[0]))
    return answer
  } catch (error) {
    if (!ended.signal.aborted) throw error
    writeToStderr('')
    return undefined
  } finally {
    process.stdin.off('pause', onPause).off('end', onPause)
  }
}

/** Broken between words, beside the mark in front of it and before what is typed; a terminal would break it anywhere. */
function besideMark(message: string): string {
  const room = (process.stderr.columns || 80) - '? '.length - ' y/N '.length
  return wrap(message, Math.max(room, 20)).replaceAll('\n', '\n  ')
}

/** @throws {Failure} `usage` where nobody answers. */
async function answerTo(question: string, form: Question, answerable: Answerable): Promise<string> {
  requireTerminal(question, answerable)
  const answer = await ask<string>(question, form)
  if (answer !== undefined) return answer.trim()
  throw usage('NOT_CONFIRMED', `${question} Nobody answered: the input ended.`, answerWith(answerable))
}

/** @param problemOf what is wrong with an answer, in a sentence: then it is asked again */
export async function askText(
  question: string,
  answerable: Answerable,
  problemOf: (answer: string) => string | undefined = () => undefined,
): Promise<string> {
  return answerTo(question, {type: 'input', validate: (typed) => problemOf(typed.trim()) ?? true}, answerable)
}

export async function askSecret(question: string, answerable: Answerable): Promise<string> {
  return answerTo(question, {type: 'password', mask: '*'}, answerable)
}

export async function askChoice(question: string, choices: readonly Choice[], answerable: Answerable): Promise<string> {
  return answerTo(question, {type: 'select', choices: [...choices]}, answerable)
}

/** The same for many: what is typed narrows the list. */
export async function askSearch(question: string, choices: readonly Choice[], answerable: Answerable): Promise<string> {
  const source = (typed = '') => choices.filter(({name, value}) => matches(`${name} ${value}`, typed))
  return answerTo(`${question} (type to filter)`, {type: 'search', source}, answerable)
}

/** Each word that was typed is in it, spaces and brackets of numbers aside. */
function matches(text: string, typed: string): boolean {
  const plain = (each: string) => each.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  return typed.split(/\s+/).every((word) => plain(text).includes(plain(word)))
}

/** Asks before what cannot be undone, or costs; `--yes` is what answers in a script. @throws {Failure} `usage` unless it is a yes. */
export async function confirm(question: string, {otherwise}: {readonly otherwise: string}): Promise<void> {
  requireTerminal(question, {flag: '--yes'})
  if (!(await ask<boolean>(question, {type: 'confirm', default: false}))) throw notConfirmed(otherwise)
}

/** @param otherwise what did not happen, e.g. `Nothing was ordered.` */
function notConfirmed(otherwise: string): Failure {
  return usage('NOT_CONFIRMED', otherwise, 'Run it again when ready.')
}

export interface NamedConfirmation {
  /** What is to be typed: the name of an app-space, or how many they are. */
  readonly name: string
  readonly flag?: '--confirm' | '--confirm-count'
  /** With that flag. */
  readonly given: string | undefined
  /** The command line that confirms it. */
  readonly command: string
  /** What a person should know first. */
  readonly consequences: string
}

/** Whether it must be typed before something ends for good. @throws {Failure} `usage` where it is wrong, or nobody can type. */
export function mustTypeName({name, flag = '--confirm', given, command, consequences}: NamedConfirmation): boolean {
  if (given === name) return false
  const meaning = {'--confirm': 'the name of the app-space', '--confirm-count': 'the number of app-spaces'}[flag]
  if (given !== undefined) throw usage('CONFIRM_MISMATCH', `${flag} takes ${meaning}, ${name}, not ${given}.`, command)
  writeToStderr(consequences)
  requireTerminal(typeQuestion(name), {flag: `${flag} ${name}`, command})
  return true
}

/** @throws {Failure} `usage` for anything but the name. */
export async function typeName(
  {name, flag = '--confirm', command}: NamedConfirmation,
  {otherwise}: {readonly otherwise: string},
): Promise<void> {
  const answer = await askText(typeQuestion(name), {flag: `${flag} ${name}`, command})
  if (answer !== name)
    throw notConfirmed(`${answer === '' ? 'No name was typed' : `${answer} is not ${name}`}. ${otherwise}`)
}

function typeQuestion(name: string): string {
  return `Type ${name} to continue:`
}
