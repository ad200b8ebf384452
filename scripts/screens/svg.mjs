/** A screen as a picture that needs nothing from elsewhere, in light or dark as the reader's machine is. */

/** @typedef {import('./terminal.mjs').Cell} Cell */
/** @typedef {import('./terminal.mjs').Style} Style */

const [WIDTH, HEIGHT, SIZE, MARGIN] = [8.4, 17, 14, 16]

const light = {
  paper: '#ffffff',
  frame: '#d1d9e0',
  text: '#1f2328',
  black: '#1f2328',
  red: '#cf222e',
  green: '#116329',
  yellow: '#7d4e00',
  blue: '#0969da',
  magenta: '#8250df',
  cyan: '#1b7c83',
  white: '#ffffff',
}
const dark = {
  ...light,
  paper: '#0d1117',
  frame: '#3d444d',
  text: '#e6edf3',
  black: '#010409',
  red: '#ff7b72',
  green: '#3fb950',
  yellow: '#d29922',
  blue: '#58a6ff',
  magenta: '#bc8cff',
  cyan: '#39c5cf',
}

/** Characters that are drawn, so that no font leaves gaps between them: where in the cell, of a height of 2. */
const blocks = /** @type {Readonly<Record<string, readonly [y: number, height: number]>>} */ ({
  '█': [0, 2],
  '▀': [0, 1],
  '▄': [1, 1],
  '░': [0, 2],
})

/**
 * @param {readonly (readonly Cell[])[]} lines
 * @param {{readonly title: string, readonly columns: number, readonly scheme?: 'light' | 'dark'}} options `scheme`: only that
 */
export function svgOf(lines, {title, columns, scheme}) {
  const [width, height] = [columns * WIDTH + 2 * MARGIN, lines.length * HEIGHT + 2 * MARGIN]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${escaped(title)}</title>`,
    `<style>${stylesheet(scheme)}</style>`,
    `<rect class="paper" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    ...lines.flatMap((line, row) => runsOf(line).map((run) => drawn(run, row))),
    '</svg>',
    '',
  ].join('\n')
}

/** @param {'light' | 'dark' | undefined} scheme */
function stylesheet(scheme) {
  const font = `ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace`
  const base = `rect{shape-rendering:crispEdges}text{font:${SIZE}px ${font};white-space:pre}.bold{font-weight:bold}.dim{opacity:.65}.track{opacity:.3}`
  if (scheme) return base + rules(scheme === 'light' ? light : dark)
  return `${base}${rules(light)}@media(prefers-color-scheme:dark){${rules(dark)}}`
}

/** @param {typeof light} palette */
function rules({paper, frame, ...colors}) {
  const fills = Object.entries(colors).map(([name, value]) => `.${name}{fill:${value}}`)
  return `.paper{fill:${paper};stroke:${frame}}${fills.join('')}`
}

/**
 * Neighbours that are drawn alike.
 * @typedef {{readonly column: number, readonly text: string, readonly style: Style}} Run
 * @param {readonly Cell[]} line
 */
function runsOf(line) {
  /** @type {Run[]} */
  const runs = []
  for (const [column, {character, style}] of line.entries()) {
    const last = runs.at(-1)
    const isSame = last && JSON.stringify(last.style) === JSON.stringify(style) && kind(last.text) === kind(character)
    if (isSame) runs[runs.length - 1] = {...last, text: last.text + character}
    else runs.push({column, text: character, style})
  }
  return runs.filter(({text, style}) => text.trim() !== '' || style.background !== undefined)
}

/** Of blocks, those that are the same are drawn at once. @param {string} text */
function kind(text) {
  const [first = ''] = text
  return first in blocks ? first : 'text'
}

/** @param {Run} run @param {number} row */
function drawn({column, text, style}, row) {
  const [x, y] = [rounded(MARGIN + column * WIDTH), MARGIN + row * HEIGHT]
  const width = rounded([...text].length * WIDTH)
  const {color = 'text', background} = style
  const behind = background ? `<rect class="${background}" x="${x}" y="${y}" width="${width}" height="${HEIGHT}"/>` : ''
  const block = blocks[kind(text)]
  if (block) {
    const isTrack = kind(text) === '░'
    // The bars of a list do not touch; the modules of a QR code, which has a background, do.
    const gap = background ? 0 : 4
    const [top, height] = [y + (block[0] * HEIGHT + gap) / 2, (block[1] * HEIGHT) / 2 - gap]
    const classes = isTrack ? `${color} track` : color
    return `${behind}<rect class="${classes}" x="${x}" y="${top}" width="${width}" height="${height}"/>`
  }
  if (text.trim() === '') return behind
  const classes = [color, ...(style.bold ? ['bold'] : []), ...(style.dim ? ['dim'] : [])].join(' ')
  return `${behind}<text class="${classes}" x="${x}" y="${y + 13}" xml:space="preserve">${escaped(text)}</text>`
}

/** @param {number} number */
function rounded(number) {
  return Math.round(number * 100) / 100
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
