import { drillCode } from '../drill.ts'
import { type Phrase, phrase, type Text } from '../phrase.ts'
import type { Line, View } from '../view.ts'

/** The view with "EXERCISE" as its very first word. */
export function exercise(view: View): View {
  if (view.title) return { ...view, title: marked(view.title) }
  const at = view.lines.findIndex(line => line.type !== 'rule')
  const first = view.lines[at]
  // Tools show tables in their own ways, and nothing at all for nothing.
  if (!first || first.type === 'table') {
    return { ...view, lines: [{ type: 'text', text: phrase('drill.mark') }, ...view.lines] }
  }
  return { ...view, lines: view.lines.map((line, index) => (index === at ? markedLine(line) : line)) }
}

/** A view about several things, in which each line about something made up begins with "EXERCISE". */
export function exerciseLines(view: View): View {
  const lines = view.lines.map(line => {
    if (line.type === 'table')
      return { ...line, rows: line.rows.map(row => (namesDrill(row) ? markedCells(row) : row)) }
    return namesDrill(line) ? markedLine(line) : line
  })
  return { ...view, title: view.title && namesDrill(view.title) ? marked(view.title) : view.title, lines }
}

/** A sentence with "EXERCISE" before it; one that has it already stays as it is. */
function marked(text: Text): Text {
  return 'key' in text && (text.key === 'drill.marked' || text.key === 'drill.mark')
    ? text
    : phrase('drill.marked', { text })
}

/** A phrase with "EXERCISE" before it. */
export function markedPhrase(text: Phrase): Phrase {
  return marked(text) as Phrase
}

/** True if something that is shown, or a key, names an incident that was made up. */
export function namesDrill(part: unknown): boolean {
  return named.test(typeof part === 'string' ? part : JSON.stringify(part ?? null))
}

// People's own words may name one too; an exercise is then said where it is none, which harms nobody.
const named = new RegExp(`\\b${drillCode}-\\d{4,9}\\b`)

function markedLine(line: Line): Line {
  return 'text' in line ? { ...line, text: marked(line.text) } : line
}

function markedCells(cells: readonly Text[]): readonly Text[] {
  return cells.map((cell, at) => (at === 0 ? marked(cell) : cell))
}
