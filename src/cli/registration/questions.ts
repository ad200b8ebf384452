import {usage} from '../../lib/errors.js'
import {fileField, formProblems} from '../../lib/registration/form.js'
import {type AskedFields, builtIn, type Rules} from '../../lib/registration/policy.js'
import {rulesInWords} from '../output/twilio/registration/rules.js'
import {askChoice, askText, canAsk} from '../prompts.js'
import {common, known as knownFields, lists, local, ofPublicCompanies, type Question, tollFree} from './fields.js'

/** What a registration is written from: by section and field, as in the file. */
export type Answers = Partial<Record<string, Record<string, string | string[]>>>

type NumberKind = 'local' | 'toll-free' | 'both'

/** What of a registration is written: all of it, or one part, which others are combined with. */
type Part = 'organisation' | 'campaign'

interface Scope {
  readonly kind: NumberKind
  readonly only: Part | undefined
}

const ofOrganisation = ['business', 'representative', 'address']

function sectionsOf({kind, only}: Scope): readonly string[] {
  const ofNumber = [...(kind === 'toll-free' ? [] : ['campaign']), ...(kind === 'local' ? [] : ['toll_free'])]
  return [...(only === 'campaign' ? [] : ofOrganisation), ...(only === 'organisation' ? [] : ofNumber)]
}

/** Those that were given as `SECTION.FIELD=VALUE`; a list has several. @throws {Failure} `usage` */
export function givenAnswers(settings: readonly string[], asked: AskedFields): Answers {
  const answers: Answers = {}
  const known = new Set([...knownFields, ...fieldsOf(asked)])
  for (const setting of settings) {
    const [, field = '', value = ''] = /^([a-z_.]+)=(.*)$/s.exec(setting) ?? []
    if (!known.has(field))
      throw usage(
        'REGISTRATION_FIELD_UNKNOWN',
        `A registration has no field ${field || setting}.`,
        `The fields: ${[...known].join(', ')}`,
      )
    const before = answerTo(answers, field)
    answer(answers, field, lists.has(field) ? [...(Array.isArray(before) ? before : []), value] : value)
  }
  return answers
}

/** Asks for what was not given. @throws {Failure} `usage` without a terminal, with everything that is missing or wrong */
export async function complete(given: Answers, scope: Scope, rules: Rules): Promise<Answers> {
  const {asked} = rules
  const answers = structuredClone(given)
  const sections = sectionsOf(scope)
  if (canAsk()) await askAll(answers, sections, asked)
  // Of an empty section its fields are named.
  for (const section of sections) answers[section] ??= {}
  const isIn = (problem: string) => Object.keys(answers).some((section) => problem.startsWith(`${section}.`))
  const problems = formProblems(answers, asked).filter(isIn)
  if (problems.length === 0) return answers
  throw usage(
    'REGISTRATION_FILE_INVALID',
    `The registration is not complete: ${problems.join('; ')}.`,
    ...(scope.only === 'campaign' ? [] : [`It was checked against ${rulesInWords(rules)}.`]),
    `Answer with --set SECTION.FIELD=VALUE (several of a list), e.g. --set 'business.name=Example Inc.'`,
  )
}

async function askAll(answers: Answers, sections: readonly string[], asked: AskedFields): Promise<void> {
  const questions = [
    ...common.filter(({field}) => !isDropped(field, asked)),
    ...newQuestions(asked),
    ...local,
    ...tollFree,
  ].filter(({field}) => sections.some((section) => field.startsWith(`${section}.`)))
  for (const question of questions) {
    await askFor(answers, question, asked)
    if (question.field === 'business.company_type' && answerTo(answers, question.field) === 'public')
      for (const more of ofPublicCompanies) await askFor(answers, more, asked)
  }
}

/** As they are called in the file. */
function fieldsOf(asked: AskedFields): string[] {
  const parts = ['business', 'representative', 'a2p'] as const
  return parts.flatMap((part) => asked[part].map((name) => fileField(part, name)))
}

/** What Twilio's policy asked for when this version was made, and no longer does. */
function isDropped(field: string, asked: AskedFields): boolean {
  return fieldsOf(builtIn.asked).includes(field) && !fieldsOf(asked).includes(field)
}

/** What Twilio's policy asks for since. */
function newQuestions(asked: AskedFields): readonly Question[] {
  const fields = fieldsOf(asked).filter((field) => !knownFields.has(field))
  return fields.map((field) => ({
    field,
    question: `${field.replace('.', ': ').replaceAll('_', ' ')} (asked for by Twilio)`,
  }))
}

async function askFor(
  answers: Answers,
  {field, question, choices, atLeast}: Question,
  asked: AskedFields,
): Promise<void> {
  if (answerTo(answers, field) !== undefined) return
  const answerable = {flag: `--set ${field}=VALUE`}
  if (choices) {
    const offered = choices.map((value) => ({name: value === 'true' ? 'yes' : value === 'false' ? 'no' : value, value}))
    answer(answers, field, await askChoice(question.endsWith('?') ? question : `${question}:`, offered, answerable))
    return
  }
  const wrong = (typed: string) => problemOf(answers, {field, typed}, asked)
  if (atLeast === undefined) {
    answer(answers, field, await askText(`${question}:`, answerable, wrong))
    return
  }
  const all: string[] = []
  for (;;) {
    const isEnough = all.length >= atLeast
    const more = `${question}${isEnough ? '; Enter for no more' : ''}:`
    const typed = await askText(more, answerable, (text) =>
      isEnough && text === '' ? undefined : problemOfItem(field, text),
    )
    if (typed === '') break
    all.push(typed)
  }
  answer(answers, field, all)
}

function problemOf(
  answers: Answers,
  {field, typed}: {readonly field: string; readonly typed: string},
  asked: AskedFields,
): string | undefined {
  const tried = structuredClone(answers)
  answer(tried, field, typed)
  return formProblems(tried, asked).find((problem) => problem.startsWith(`${field} `))
}

function problemOfItem(field: string, typed: string): string | undefined {
  if (field !== 'campaign.samples') return typed === '' ? `${field} is missing` : undefined
  return typed.length < 20 || typed.length > 1024 ? 'A sample has 20 to 1,024 characters.' : undefined
}

function answerTo(answers: Answers, field: string): string | string[] | undefined {
  const [section = '', key = ''] = field.split('.')
  return answers[section]?.[key]
}

function answer(answers: Answers, field: string, value: string | string[]): void {
  const [section = '', key = ''] = field.split('.')
  answers[section] = {...answers[section], [key]: value}
}
