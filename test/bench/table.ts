import type { Result } from './measure.ts'

const heads = ['measurement', 'value', 'baseline', 'unit', 'ratio', 'goal', 'ok', 'against']
const right = new Set(['value', 'baseline', 'ratio'])

/** The results as a table of plain text, one line each, ending in a line that says how many goals were missed. */
export function formatTable(results: readonly Result[]): string {
  const rows = [heads, ...results.map(cells)]
  const widths = heads.map((_, at) => Math.max(...rows.map(row => row[at]?.length ?? 0)))
  const lines = rows.map(row =>
    row
      .map((cell, at) => pad(cell, widths[at] ?? 0, heads[at] ?? ''))
      .join('  ')
      .trimEnd(),
  )
  const rule = widths.map(width => '-'.repeat(width)).join('  ')
  const missed = results.filter(result => !result.ok).map(result => result.name)
  const end = missed.length === 0 ? 'Every goal was met.' : `Missed: ${missed.join(', ')}.`
  return `${[lines[0], rule, ...lines.slice(1)].join('\n')}\n\n${end}\n`
}

function cells({ name, value, unit, baseline, ratio, goal, ok, note }: Result): string[] {
  const judged = goal === '' ? '' : ok ? 'yes' : 'NO'
  return [name, number(value), number(baseline), unit, ratio === null ? '' : ratio.toFixed(2), goal, judged, note]
}

function number(value: number | null): string {
  return value === null ? '' : value.toLocaleString('en-US')
}

function pad(cell: string, width: number, head: string): string {
  return right.has(head) ? cell.padStart(width) : cell.padEnd(width)
}
