import type { Directory } from '../directory.ts'
import { type Reader, say } from '../text/say.ts'
import type { Line } from '../view.ts'

// The tightest platform takes 4,000 characters; marks of weight, the title and the last line need some of them.
const most = 3300

/** Sections in as few messages as fit every platform in either language, none torn apart that fits into one. */
export function packed(sections: readonly (readonly Line[])[], context: Sizing): readonly (readonly Line[])[] {
  const messages: Line[][] = []
  let room = 0
  for (const lines of sections.flatMap(lines => pieces(lines, context))) {
    const size = sizeOf(lines, context)
    if (size > room || messages.length === 0) {
      messages.push([])
      room = most
    }
    messages.at(-1)?.push(...lines)
    room -= size
  }
  return messages
}

type Sizing = { readonly directory: Directory; readonly zone: string; readonly now: number }

function pieces(lines: readonly Line[], context: Sizing): readonly (readonly Line[])[] {
  if (lines.length === 0) return []
  if (lines.length === 1 || sizeOf(lines, context) <= most) return [lines]
  const half = Math.ceil(lines.length / 2)
  return [...pieces(lines.slice(0, half), context), ...pieces(lines.slice(half), context)]
}

function sizeOf(lines: readonly Line[], { directory, zone, now }: Sizing): number {
  const person = (id: string) => directory.people.get(id as never)?.callsign ?? null
  const lengths = (['en', 'es'] as const).map(language => {
    const reader: Reader = { language, zone, now, person }
    return lines.reduce((sum, line) => sum + lengthOf(line, reader), 0)
  })
  return Math.max(...lengths)
}

function lengthOf(line: Line, reader: Reader): number {
  if (line.type === 'rule') return 3
  if (line.type !== 'table') return say(line.text, reader).length + 5
  // Where there are no columns, each cell is led by its heading.
  const heads = line.head.reduce((sum, head) => sum + say(head, reader).length + 4, 0)
  return line.rows.reduce((sum, row) => sum + heads + row.reduce((all, cell) => all + say(cell, reader).length, 0), 0)
}
