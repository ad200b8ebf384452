/** The bars of docs/performance.svg. */

const ROW = 28
const LEFT = 250
const WIDTH = 800

/**
 * What starts and ends in a moment, as bars of CPU time beside that of a bare Node.
 * @param {Readonly<Record<string, {cpuRatio: number, cpuMs: number, memoryMiB: number}>>} results
 */
export function drawChart(results) {
  const shown = Object.entries(results).filter(([name, {cpuMs}]) => cpuMs < 500 && !name.endsWith('more CAs'))
  const longest = Math.max(...shown.map(([, {cpuRatio}]) => cpuRatio))
  const perUnit = (WIDTH - LEFT - 170) / longest
  const rows = [['node -e 0', {cpuRatio: 1}], ...shown].map(([name, result], index) => {
    const {cpuRatio, cpuMs, memoryMiB} = /** @type {{cpuRatio: number, cpuMs?: number, memoryMiB?: number}} */ (result)
    const y = index * ROW
    const length = cpuRatio * perUnit
    const note = cpuMs === undefined ? '' : ` · ${cpuMs} ms · ${memoryMiB} MiB`
    return [
      `<text x="${LEFT - 10}" y="${y + 19}" text-anchor="end">${name}</text>`,
      `<rect x="${LEFT}" y="${y + 5}" width="${length.toFixed(1)}" height="${ROW - 10}"${index === 0 ? ' class="bare"' : ''}/>`,
      `<text x="${(LEFT + length + 8).toFixed(1)}" y="${y + 19}">${cpuRatio.toFixed(2)}${note}</text>`,
    ].join('')
  })
  const style = 'text{font:14px sans-serif;fill:#777}rect{fill:#4a8}rect.bare{fill:#aaa}'
  const height = rows.length * ROW
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"><style>${style}</style>\n${rows.join('\n')}\n</svg>\n`
}
