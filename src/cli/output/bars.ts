interface BarColors {
  readonly filled: (text: string) => string
  readonly track: (text: string) => string
}

const same = (text: string) => text
const uncoloured: BarColors = {filled: same, track: same}

/** A bar of so many characters: never empty once anything is used, never full before all is. */
export function bar(percent: number, width: number, {filled: color, track}: BarColors = uncoloured): string {
  const exact = Math.floor((percent / 100) * width)
  const filled = percent > 0 ? Math.min(width, Math.max(1, exact)) : 0
  return (filled > 0 ? color('█'.repeat(filled)) : '') + (filled < width ? track('░'.repeat(width - filled)) : '')
}

const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** A character for each number, the highest as high as can be; a dot for nothing, a question mark for what is unknown. */
export function sparkline(numbers: readonly (number | null)[]): string {
  const most = Math.max(...numbers.map((number) => number ?? 0))
  return numbers
    .map((number) => {
      if (number === null) return '?'
      return number > 0 ? (levels[Math.ceil((number / most) * levels.length) - 1] ?? '') : '·'
    })
    .join('')
}

/** What stands above a sparkline of the days of a month: `1   5    10   15 …` */
export function dayScale(days: number): string {
  const marks = [1, 5, 10, 15, 20, 25, 30].filter((day) => day <= days)
  return marks.reduce((line, day) => line.padEnd(day - 1) + String(day), '')
}
