/**
 * As much of a terminal as this tool needs: what stands on the screen after all that was sent to it.
 *
 * @typedef {{readonly color?: Color | undefined, readonly bold?: boolean, readonly dim?: boolean,
 *   readonly background?: Color | undefined}} Style
 * @typedef {'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white'} Color
 * @typedef {{readonly character: string, readonly style: Style}} Cell
 */

/** @type {readonly Color[]} */
const colors = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white']
/** @type {Style} */
const plain = {}

/** A sequence that moves the cursor, erases or changes the style; a hyperlink or a title; or a character. */
const token = new RegExp(
  String.raw`\u001B\[(?<parameters>[?\d;]*)(?<what>[A-Za-z])|\u001B\][^\u0007\u001B]*(?:\u0007|\u001B\\)|.`,
  'gsu',
)

/**
 * @param {string} sent
 * @param {number} columns
 * @returns {Cell[][]} without empty lines at the end
 */
export function screenOf(sent, columns) {
  /** @type {Cell[][]} */
  const lines = [[]]
  let [row, column] = [0, 0]
  let style = plain

  const lineAt = (/** @type {number} */ index) => {
    while (lines.length <= index) lines.push([])
    return lines[index] ?? []
  }
  const put = (/** @type {string} */ character) => {
    if (column >= columns) [row, column] = [row + 1, 0]
    const line = lineAt(row)
    while (line.length < column) line.push({character: ' ', style: plain})
    line[column] = {character, style}
    column += 1
  }
  /** @type {Readonly<Record<string, (count: number) => void>>} */
  const moves = {
    A: (count) => (row = Math.max(0, row - (count || 1))),
    B: (count) => (row += count || 1),
    C: (count) => (column += count || 1),
    D: (count) => (column = Math.max(0, column - (count || 1))),
    G: (count) => (column = (count || 1) - 1),
    K: (mode) => lineAt(row).splice(mode === 0 ? column : 0),
    J: () => {
      lineAt(row).splice(column)
      lines.splice(row + 1)
    },
  }

  for (const {0: text, groups = {}} of sent.matchAll(token)) {
    const {parameters = '', what} = groups
    if (what === 'm') style = restyled(style, parameters)
    else if (what !== undefined) moves[what]?.(Number(parameters) || 0)
    else if (text === '\r') column = 0
    else if (text === '\n') row += 1
    else if (text >= ' ') put(text)
  }
  while (lines.length > 0 && lines.at(-1)?.every(({character}) => character === ' ')) lines.pop()
  return lines
}

/** @param {Style} style @param {string} parameters */
function restyled(style, parameters) {
  for (const code of parameters.split(';').map(Number)) {
    if (code === 0) style = plain
    else if (code === 1) style = {...style, bold: true}
    else if (code === 2) style = {...style, dim: true}
    else if (code === 22) style = {...style, bold: false, dim: false}
    else if (code === 39) style = {...style, color: undefined}
    else if (code === 49) style = {...style, background: undefined}
    else if (code >= 30 && code < 38) style = {...style, color: colors[code - 30]}
    else if (code >= 40 && code < 48) style = {...style, background: colors[code - 40]}
    else if (code >= 90 && code < 98) style = {...style, color: colors[code - 90]}
    else throw new Error(`The screen was sent a style that this does not know: ${parameters}`)
  }
  return style
}
