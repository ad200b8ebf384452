import {Markup, markup} from './markup.js'

/** Colours that tell each other apart for those who do not see red and green, on white and on black. */
const stylesheet = new Markup(`
:root{color-scheme:light dark;--paper:#fff;--text:#1f2328;--dim:#59636e;--line:#d1d9e0;--track:#e6eaef;--ok:#1a7f37;--near:#bf8700;--over:#cf222e;--a:#0969da;--b:#8250df;--c:#bf8700}
@media(prefers-color-scheme:dark){:root{--paper:#0d1117;--text:#e6edf3;--dim:#9198a1;--line:#3d444d;--track:#262c36;--ok:#3fb950;--near:#d29922;--over:#f85149;--a:#4493f8;--b:#ab7df8;--c:#d29922}}
@media print{:root{--paper:#fff;--text:#000;--dim:#444;--line:#999;--track:#ddd;--ok:#1a7f37;--near:#bf8700;--over:#cf222e;--a:#0969da;--b:#8250df;--c:#bf8700}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}main{max-width:none;padding:0}tr,svg,section{break-inside:avoid}}
body{margin:0;background:var(--paper);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1rem}
h1{margin:0;font-size:1.5rem;overflow-wrap:anywhere}h2{margin:2rem 0 .5rem;font-size:1.1rem}
p{margin:.25rem 0 0;color:var(--dim)}
.scroll{overflow-x:auto}
table{width:100%;margin-top:1.5rem;border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:baseline}
th{font-weight:600}tbody th{white-space:nowrap}.bars{width:27%}thead th,.dim{color:var(--dim)}tfoot{font-weight:600}.number{text-align:right;white-space:nowrap}
.bar{display:block;width:100%;min-width:5rem;height:.75rem}.days{display:block;width:100%;height:6rem}
.track{fill:var(--track)}.ok{fill:var(--ok)}.near{fill:var(--near)}.over{fill:var(--over)}.a{fill:var(--a)}.b{fill:var(--b)}.c{fill:var(--c)}
.key{display:inline-block;width:.75rem;height:.75rem;margin:0 .4rem 0 1rem}.key:first-child{margin-left:0}
`)

/** A page that needs nothing else: no scripts, nothing from elsewhere, which its content security policy enforces. */
export function page(title: string, body: readonly Markup[]): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${stylesheet}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.text
}

interface Column {
  readonly title: string
  readonly isNumber?: boolean
  /** As wide as the others of bars, or the same percentage would look different. */
  readonly isBar?: boolean
}

type Cell = string | Markup

/** The first cell of a row names it; where there are fewer than columns, the last one has the room of the rest. */
export function tableOf(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  total?: readonly Cell[],
): Markup {
  const kind = (at: number) => new Markup(columns[at]?.isNumber ? ' class="number"' : '')
  const head = columns.map(
    ({title, isBar}, at) => markup`<th scope="col"${isBar ? new Markup(' class="bars"') : kind(at)}>${title}</th>`,
  )
  const span = (cells: readonly Cell[], at: number) => {
    const rest = columns.length - cells.length
    return new Markup(rest > 0 && at === cells.length - 1 ? ` colspan="${rest + 1}"` : '')
  }
  const row = (cells: readonly Cell[]) => {
    const [name = '', ...others] = cells
    return markup`<tr><th scope="row">${name}</th>${others.map((cell, at) => markup`<td${kind(at + 1)}${span(cells, at + 1)}>${cell}</td>`)}</tr>
`
  }
  const foot = total ? [markup`<tfoot>${row(total)}</tfoot>`] : []
  return markup`<div class="scroll"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${rows.map(row)}</tbody>
${foot}</table></div>
`
}

interface Part {
  readonly percent: number
  readonly name: 'ok' | 'near' | 'over' | 'a' | 'b' | 'c'
}

/** What it shows stands beside it as text. */
export function barOf(parts: readonly Part[]): Markup {
  let x = 0
  const drawn = parts.map(({percent, name}) => {
    const width = Math.min(percent, 100 - x)
    const rect = markup`<rect class="${name}" x="${tidy(x)}" width="${tidy(width)}" height="8"/>`
    x += width
    return rect
  })
  return markup`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/>${drawn}</svg>`
}

/** A column for each day, the highest as high as can be; without one for what is unknown. */
export function dayChart(days: readonly {readonly label: string; readonly amount: number | null}[]): Markup {
  const most = Math.max(1, ...days.map(({amount}) => amount ?? 0))
  const columns = days.map(({label, amount}, at) => {
    const height = ((amount ?? 0) / most) * 58
    return markup`<g><title>${label}</title><rect class="track" x="${at * 10}" width="8" height="60"/><rect class="a" x="${at * 10}" y="${tidy(60 - height)}" width="8" height="${tidy(height)}"/></g>`
  })
  return markup`<svg class="days" viewBox="0 0 ${days.length * 10} 60" preserveAspectRatio="none" role="img">${columns}</svg>`
}

function tidy(number: number): number {
  return Math.round(number * 100) / 100
}
