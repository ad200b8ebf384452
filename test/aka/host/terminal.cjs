/** What the core and plugins print with. Tasks have no spinner, so that two runs print the same bytes. */
const {createInterface} = require('node:readline')

const MARKED = /(\*{1,3}|~{2,3}|#{2,3}|\^{2,3}|!!)(\S(?:.*?\S)??)\1/g

function markdown(text) {
  return text.replace(MARKED, process.env.AKA_NO_COLORS ? '$2' : '\u001B[1m$2\u001B[0m')
}

/** Prints, on stderr, and that is all: the exit code stays as it is. */
function error(problem) {
  if (problem?.code === 401) process.stderr.write(' ▸ Not logged in: use "aka auth:login".\n')
  else if (problem?.code && problem.body) console.error(`☠  Error ${problem.code}: ${problem.body.toString()}`)
  else console.error(`☠  ${problem?.message ?? problem}`)
}

function task(text) {
  return {
    start: () => process.stdout.write(`${markdown(text)} ... `),
    end: (result) => process.stdout.write(result.toLowerCase() === 'ok' ? ' ✓ \n' : ' ✕ \n'),
  }
}

/** On a terminal it is seen and then wiped away. */
function loading(text) {
  return {
    start: () => process.stdout.write(`${markdown(text)} ... `),
    end: () => process.stdout.write('\u001B[2K\r'),
  }
}

function question(prompt, answered) {
  return new Promise((resolve) => {
    const line = createInterface({input: process.stdin, output: process.stdout})
    line.question(prompt, (answer) => {
      line.close()
      answered?.(answer)
      resolve(answer)
    })
  })
}

function confirm(text, answered) {
  console.log(markdown(text))
  return question('> ', answered)
}

function print(failure, item) {
  if (failure) return error(failure)
  for (const [name, value] of Object.entries(item))
    console.log(` ${name.padEnd(24)} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
}

function format_objects(format, nothing, failure, items) {
  if (!items) error(failure)
  else console.log(items.length > 0 ? items.map(format).map(markdown).join('\n') : nothing)
}

const soft_error = (text) => console.log(markdown(`  !!▸!!    ${text}`))
const bold = (text) => `\u001B[1m${text}\u001B[0m`
const italic = (text) => `\u001B[3m${text}\u001B[0m`

module.exports = {
  bold,
  confirm,
  error,
  format_objects,
  input: (answered) => void question('> ', answered),
  italic,
  loading,
  markdown,
  print,
  question,
  soft_error,
  task,
}
