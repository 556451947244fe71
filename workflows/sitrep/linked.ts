import type { IncidentId } from '../ids.ts'
import { phrase } from '../phrase.ts'
import { buttonId, type Line, type View } from '../view.ts'

// Each button takes a row on a phone, and platforms take so many parts in a message.
const mostLinks = 5

/**
 * The summary with a way to the incidents that it lists one by one, the first five: whoever presses sees what they may
 * see of it, alone.
 */
export function linked(view: View): View {
  let links = 0
  const lines = view.lines.map((line): Line => {
    const id = line.type === 'item' && !line.button ? incidentIn(line) : null
    if (!id || links === mostLinks) return line
    links += 1
    return { ...line, button: { id: buttonId('incident', id), label: phrase('bulletin.open', { id }) } } as Line
  })
  return links === 0 ? view : { ...view, lines }
}

function incidentIn({ text }: Extract<Line, { type: 'item' }>): IncidentId | null {
  if (!('key' in text)) return null
  const { line, id } = text.params ?? {}
  // What is new since the last summary is a line within a line.
  if (typeof line === 'object' && 'key' in line) return incidentIn({ type: 'item', text: line })
  return typeof id === 'string' && /^[A-Z]{2,5}-\d{4,9}$/.test(id) ? (id as IncidentId) : null
}
